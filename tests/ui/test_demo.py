"""The demo: a key pays the invoice as a phone would."""

from tests.ui.invoices import an_order, order_id
from tests.ui.world import World


async def test_d_pays_and_the_payment_is_seen(world: World) -> None:
    world.demo = True
    await world.knows(an_order())
    async with world.user() as user:
        await user.opens_order()
        await user.sees("Demo: no money moves", "d Pay (demo)")
        await user.presses("d")
        await user.until(lambda: world.paid == [an_order().payreq], "the payment")
        await user.server_says(order_id(), paid=True)
        await user.sees("Held, not spent", "Demo: no money moves")
        assert "d Pay" not in user.keys_line()


async def test_a_payment_that_fails_is_told(world: World) -> None:
    world.demo = True
    world.pay_trouble = "This invoice [/] was paid already."
    await world.knows(an_order())
    async with world.user() as user:
        await user.opens_order()
        await user.presses("d")
        await user.is_told("The demo's wallet: This invoice [/] was paid already.")


async def test_outside_the_demo_d_pays_nothing(world: World) -> None:
    await world.knows(an_order())
    async with world.user() as user:
        await user.opens_order()
        assert "Demo" not in user.words()
        assert "Pay (demo)" not in user.keys_line()
        await user.presses("d")
        await user.settles()
        assert user.toasts == []
