"""Which function draws which picture, and how the file is stored."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from .canvas import Canvas
from .portraits.sitters import SITTERS, portrait
from .scenes import (
    arctic,
    atoll,
    cable,
    capitals,
    chamber,
    coal,
    coasts,
    dam,
    delta,
    desert,
    desk,
    fab,
    heavens,
    lagoon,
    library,
    market,
    mountains,
    old_city,
    orbit,
    plains,
    ports,
    rivers,
    salt,
    skylines,
    square,
    steppe,
    straits,
    studio_map,
    vote,
    winter,
    woods,
)


@dataclass
class Picture:
    """One picture: its drawing function and its limits."""

    draw: Callable[[], Canvas]
    limit: int = 192_000
    turned: bool = False
    vignette: float = 0.2


PICTURES: dict[str, Picture] = {
    "port-cranes-dawn": Picture(ports.port_cranes_dawn),
    "mountain-pass": Picture(mountains.mountain_pass, turned=True),
    "forest-road": Picture(woods.forest_road),
    "lithium-ponds": Picture(salt.lithium_ponds),
    "strait-tankers": Picture(straits.strait_tankers),
    "island-airstrip": Picture(atoll.island_airstrip),
    "border-river": Picture(rivers.border_river),
    "river-delta": Picture(delta.river_delta),
    "dam-gorge": Picture(dam.dam_gorge),
    "desert-solar": Picture(desert.desert_solar),
    "steppe-bridge": Picture(steppe.steppe_bridge),
    "arctic-icebreaker": Picture(arctic.arctic_icebreaker),
    "wheat-silos": Picture(plains.wheat_silos),
    "coal-train": Picture(coal.coal_train),
    "wind-farm-storm": Picture(coasts.wind_farm_storm),
    "fishing-harbour": Picture(coasts.fishing_harbour),
    "cable-ship": Picture(cable.cable_layer),
    "snow-checkpoint": Picture(winter.snow_checkpoint),
    "night-lights-coast": Picture(orbit.night_lights_coast),
    "dish-array": Picture(heavens.dish_array),
    "ballot-queue": Picture(vote.ballot_queue),
    "parliament-night": Picture(capitals.parliament_night),
    "bank-tower": Picture(capitals.bank_tower),
    "mist-tower-city": Picture(skylines.mist_tower_city),
    "lagoon-city": Picture(lagoon.lagoon_city),
    "town-square": Picture(square.town_square),
    "market-awnings": Picture(market.market_awnings),
    "old-city-dusk": Picture(old_city.old_city_dusk),
    "conference-table": Picture(chamber.conference_table),
    "reading-room": Picture(library.reading_room),
    "clean-room": Picture(fab.clean_room),
    "notebook-desk": Picture(desk.notebook_desk),
    "halyard-studio-map": Picture(studio_map.studio_map),
}
PICTURES.update({f"authors/{stem}": Picture(partial(portrait, stem), limit=52_000, vignette=0.12) for stem in SITTERS})
