"""The parts of image_saliency: a linear model worked by hand, Captum as a second opinion, a planted shortcut, broken methods."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch

from tools.vision.saliency import checks, gradients, maps, places, removals
from tools.vision.saliency.score import Scorer, blank_of, cell_index, cells_of, rank_correlation

SIDE, SQUARE = 56, 14


def quiet() -> None:
    pass


class Linear(torch.nn.Module):
    """logits = weights · picture: what each point does is known exactly."""

    def __init__(self, weights: torch.Tensor) -> None:
        super().__init__()
        self.conv = torch.nn.Conv2d(3, len(weights), weights.shape[-1], bias=False)
        self.conv.weight = torch.nn.Parameter(weights)

    def forward(self, batch: torch.Tensor) -> torch.Tensor:
        out: torch.Tensor = self.conv(batch).flatten(1)
        return out


class Small(torch.nn.Module):
    """Three convolutions, a mean over the picture, two classes."""

    def __init__(self) -> None:
        super().__init__()
        self.one = torch.nn.Conv2d(3, 12, 5, stride=2, padding=2)
        self.two = torch.nn.Conv2d(12, 16, 3, stride=2, padding=1)
        self.three = torch.nn.Conv2d(16, 16, 3, padding=1)
        self.head = torch.nn.Linear(16, 2)

    def forward(self, batch: torch.Tensor) -> torch.Tensor:
        out = self.three(self.two(self.one(batch).relu()).relu()).relu()
        logits: torch.Tensor = self.head(out.mean(dim=(2, 3)))
        return logits


def scene(label: int, rng: np.random.Generator) -> tuple[np.ndarray[Any, Any], tuple[int, int]]:
    """Grey discs and bars of any size on a grey ground, and one coloured square: blue (class 1) or orange (class 0)."""
    ground = 0.5 + 0.08 * rng.standard_normal((SIDE, SIDE))
    y, x = np.mgrid[:SIDE, :SIDE]
    for _ in range(5):
        cy, cx, r = *rng.integers(0, SIDE, 2), rng.integers(4, 12)
        inside = (
            (y - cy) ** 2 + (x - cx) ** 2 < r * r if rng.random() < 0.5 else (abs(y - cy) < r / 3) & (abs(x - cx) < r)
        )
        ground[inside] = rng.random()
    picture = np.repeat(ground[None], 3, axis=0)
    top, left = (int(v) for v in rng.integers(0, SIDE - SQUARE, 2))
    colour = np.array([0.1, 0.3, 0.9] if label else [0.9, 0.5, 0.1])
    picture[:, top : top + SQUARE, left : left + SQUARE] = colour[:, None, None]
    return np.clip(picture, 0, 1).astype(np.float32), (top, left)


@pytest.fixture(scope="module")
def shortcut() -> Small:
    """A network that has learnt, in seconds, to read the colour of the square."""
    torch.manual_seed(0)
    rng, network = np.random.default_rng(0), Small()
    optimiser = torch.optim.Adam(network.parameters(), lr=3e-3)
    for _ in range(150):
        labels = rng.integers(0, 2, 32)
        batch = torch.from_numpy(np.stack([scene(int(label), rng)[0] for label in labels]))
        loss = torch.nn.functional.cross_entropy(network(batch - 0.5), torch.from_numpy(labels))
        optimiser.zero_grad()
        torch.autograd.backward(loss)
        optimiser.step()
    assert float(loss.detach()) < 0.1
    return network.eval()


def scorer_on(network: Small, picture: np.ndarray[Any, Any], target: int = 1) -> Scorer:
    tensor = torch.from_numpy(picture)
    return Scorer(network, network.three, lambda batch: batch - 0.5, tensor, blank_of(tensor, "grey"), target)


@pytest.fixture(scope="module")
def linear() -> Scorer:
    draw = torch.Generator().manual_seed(3)
    network = Linear(torch.randn((4, 3, 28, 28), generator=draw)).eval()
    picture = torch.rand((3, 28, 28), generator=draw)
    return Scorer(network, network.conv, lambda batch: batch, picture, torch.full_like(picture, 0.5), 2)


def exact(scorer: Scorer) -> np.ndarray[Any, Any]:
    """What each point adds to the score of the linear model: weight × (picture − blank), summed over colours."""
    found = (scorer.module.conv.weight[scorer.target] * (scorer.picture - scorer.blank)).sum(dim=0)
    values: np.ndarray[Any, Any] = found.detach().double().numpy()
    return values


def test_integrated_gradients_of_a_linear_model_are_its_weights(linear: Scorer) -> None:
    assert np.allclose(gradients.integrated_gradients(linear, 4, quiet), exact(linear), atol=1e-5)


def test_occlusion_of_a_linear_model_is_the_sum_under_the_patch(linear: Scorer) -> None:
    # Patches of 7 × 7 that do not overlap: 28 / 7 = 4 each way. Loss of a patch = sum of weight × (picture − blank).
    keep = np.ones((16, 28, 28), dtype=bool)
    for i in range(16):
        keep[i, 7 * (i // 4) : 7 * (i // 4) + 7, 7 * (i % 4) : 7 * (i % 4) + 7] = False
    sums = exact(linear).reshape(4, 7, 4, 7).sum(axis=(1, 3))
    assert np.allclose(removals.occluded(linear, keep, quiet), np.kron(sums, np.ones((7, 7))), atol=1e-4)


@pytest.mark.parametrize("side", [2, 4])  # 4 parts: all 14 coalitions; 16 parts: 200 of 65,534
def test_kernelshap_of_a_linear_model_is_exact_and_adds_up(linear: Scorer, side: int) -> None:
    parts = cell_index(28, side)
    found = removals.shap(linear, parts, 200, np.random.default_rng(0), quiet)
    sums = np.array([exact(linear)[parts == i].sum() for i in range(side * side)])
    assert np.allclose(found.values, sums, atol=1e-3)
    full, empty = linear.scores(torch.stack([linear.picture, linear.blank]), quiet)
    assert found.values.sum() == pytest.approx(full - empty, abs=1e-4)
    assert found.fit == pytest.approx(1, abs=1e-6)


def test_kernelshap_shares_what_two_parts_do_together() -> None:
    # v({}) = 0, v({0}) = 1, v({1}) = 2, v({0, 1}) = 6: Shapley values 1/2 (1 + 4) = 2.5 and 1/2 (2 + 5) = 3.5.
    present = removals.draw_coalitions(2, 10, np.random.default_rng(0)).astype(float)
    scores = np.array([{(1, 0): 1.0, (0, 1): 2.0}[tuple(row)] for row in present.astype(int).tolist()])
    assert removals.constrained(present, scores, 0.0, 6.0).values.tolist() == pytest.approx([2.5, 3.5])


def test_kernelshap_of_three_players_with_a_majority() -> None:
    # Two of three decide, 1 when decided: by symmetry each is worth 1/3; player 0 alone worth 1 more is worth 1/3 + 1.
    present = removals.draw_coalitions(3, 10, np.random.default_rng(0)).astype(float)
    scores = (present.sum(axis=1) >= 2) + present[:, 0]
    assert removals.constrained(present, scores, 0.0, 2.0).values.tolist() == pytest.approx([4 / 3, 1 / 3, 1 / 3])


def test_coalitions_come_with_their_complements_and_favour_the_ends() -> None:
    present = removals.draw_coalitions(20, 4000, np.random.default_rng(0))
    assert present.shape == (4000, 20) and (present[:2000] == ~present[2000:]).all()
    # Kernel share of sizes 1 and 19 among 1…19: (1/19 + 1/19) / sum of 1/(s (20 − s)) = 0.1053 / 0.3548 = 0.297.
    ends = np.isin(present.sum(axis=1), [1, 19]).mean()
    assert ends == pytest.approx(0.297, abs=0.03)


def test_lime_of_a_linear_model_finds_its_weights(linear: Scorer) -> None:
    parts = cell_index(28, 3)
    found = removals.lime(linear, parts, 400, np.random.default_rng(0), quiet)
    sums = np.array([exact(linear)[parts == i].sum() for i in range(9)])
    assert rank_correlation(found.values, sums) == pytest.approx(1)
    assert found.fit > 0.95  # the ridge shortens the values a little


def test_weighted_ridge_by_hand() -> None:
    # x = −1, 1; y = 0, 4; weights 1; penalty 2: centred x'x = 2, x'y = 4, slope 4 / (2 + 2) = 1, constant 2.
    found = removals.weighted_ridge(np.array([[-1.0], [1.0]]), np.array([0.0, 4.0]), np.ones(2), 2.0)
    assert (found.values.tolist(), found.constant) == ([1.0], 2.0)
    assert found.fit == pytest.approx(1 - 1 / 4)  # residuals ±1, spread 4


def test_gradcam_and_integrated_gradients_equal_captum(shortcut: Small) -> None:
    from captum.attr import IntegratedGradients, LayerGradCam

    scorer = scorer_on(shortcut, scene(1, np.random.default_rng(7))[0])
    theirs = LayerGradCam(scorer.logits, shortcut.three).attribute(scorer.picture[None], 1, relu_attributions=True)
    ours = gradients.gradcam_coarse(scorer, quiet)
    print("Grad-CAM, largest difference with Captum:", abs(theirs[0, 0].detach().numpy() - ours).max())
    assert np.allclose(theirs[0, 0].detach().numpy(), ours, atol=1e-4)
    captum = IntegratedGradients(scorer.logits).attribute(
        scorer.picture[None], scorer.blank[None], 1, n_steps=32, method="gausslegendre"
    )
    mine = gradients.integrated_gradients(scorer, 32, quiet)
    print("integrated gradients:", abs(captum[0].sum(dim=0).detach().numpy() - mine).max())
    assert np.allclose(captum[0].sum(dim=0).detach().numpy(), mine, atol=1e-4)


def test_occlusion_equals_captum(shortcut: Small) -> None:
    from captum.attr import Occlusion

    scorer = scorer_on(shortcut, scene(1, np.random.default_rng(7))[0])
    width = SIDE // removals.WINDOW  # 11 points, places 5 apart: (56 − 11) / 5 = 9 steps
    ours = removals.occlusion(scorer, 10, quiet)
    theirs = Occlusion(scorer.logits).attribute(
        scorer.picture[None],
        sliding_window_shapes=(3, width, width),
        strides=(3, 5, 5),
        baselines=scorer.blank[None],
        target=1,
    )
    assert np.allclose(theirs[0, 0].detach().numpy(), ours, atol=1e-4)


def test_integrated_gradients_are_complete(shortcut: Small) -> None:
    scorer = scorer_on(shortcut, scene(1, np.random.default_rng(7))[0])
    parts = removals.superpixels(scorer)
    one = maps.draw("integrated_gradients", scorer, parts, maps.FULL, np.random.default_rng(0), quiet)
    assert one.gap is not None and one.gap < 0.01
    other = maps.draw("shap", scorer, parts, {"shap": 60}, np.random.default_rng(0), quiet)
    assert other.gap is not None and other.gap < 1e-4


@pytest.mark.parametrize("method", maps.METHODS)
def test_every_method_finds_the_planted_square(shortcut: Small, method: maps.Method) -> None:
    rng, hits, mass = np.random.default_rng(11), 0, []
    for _ in range(12):
        picture, (top, left) = scene(1, rng)
        scorer = scorer_on(shortcut, picture)
        one = maps.draw(
            method, scorer, removals.superpixels(scorer), {**maps.FULL, "lime": 120, "shap": 120}, rng, quiet
        )
        square = np.zeros((SIDE, SIDE), dtype=bool)
        square[max(top - 4, 0) : top + SQUARE + 4, max(left - 4, 0) : left + SQUARE + 4] = True  # a cell around it
        cells = one.cells == one.cells.max()  # the pointing game (Zhang et al. 2018), on cells
        hits += bool(square[np.isin(cell_index(SIDE), np.flatnonzero(cells))].mean() > 0.5)
        mass.append(one.mass[cells_of(square.astype(float)) > 0.5].sum())
    print(f"{method}: points to the square in {hits} of 12 pictures; {100 * np.mean(mass):.0f}% of its mass lies there")
    assert hits >= 10


def edges(scorer: Scorer) -> np.ndarray[Any, Any]:
    """A deliberately broken method: the outlines of the picture, whatever the network has learnt."""
    grey = scorer.picture.mean(dim=0).double().numpy()
    return cells_of(np.hypot(*np.gradient(grey)))


def test_the_sanity_check_fails_a_method_that_ignores_the_weights(shortcut: Small) -> None:
    scorer = scorer_on(shortcut, scene(1, np.random.default_rng(7))[0])
    stages = checks.random_weights(scorer, edges(scorer), edges, 0, lambda i, n: None)
    assert [stage.layers for stage in stages] == [0, 1, 2, 3, 4]
    assert all(stage.mean == pytest.approx(1) for stage in stages)
    assert checks.verdict(stages[-1]) == "fails"


def test_the_sanity_check_passes_gradcam(shortcut: Small) -> None:
    scorer = scorer_on(shortcut, scene(1, np.random.default_rng(7))[0])

    def attribute(one: Scorer) -> Any:
        return cells_of(gradients.gradcam(one, quiet))

    before = {name: tensor.clone() for name, tensor in shortcut.state_dict().items()}
    stages = checks.random_weights(scorer, attribute(scorer), attribute, 0, lambda i, n: None)
    assert stages[0].mean == pytest.approx(1) and abs(stages[-1].mean) < 0.6
    assert checks.verdict(stages[-1]) != "fails"
    assert all(torch.equal(before[name], tensor) for name, tensor in shortcut.state_dict().items())  # untouched
    again = checks.random_weights(scorer, attribute(scorer), attribute, 0, lambda i, n: None)
    assert [stage.mean for stage in again] == [stage.mean for stage in stages]


def test_curves_know_the_square_from_chance(shortcut: Small) -> None:
    picture, (top, left) = scene(1, np.random.default_rng(7))
    scorer = scorer_on(shortcut, picture)
    square = np.zeros((SIDE, SIDE))
    square[top : top + SQUARE, left : left + SQUARE] = 1
    rng = np.random.default_rng(0)
    found = checks.curves(scorer, [cells_of(square)], rng, quiet)[0]
    deletion, insertion, random = found.deletion, found.insertion, found.random
    assert random.shape == (checks.ORDERS, checks.STEPS + 1)
    assert found.moved_off.shape == found.moved_on.shape == (checks.MOVED, checks.STEPS + 1)
    assert deletion[0] == insertion[-1] and deletion[-1] == insertion[0] == random[0, -1] == found.moved_on[0, 0]
    assert checks.area(deletion) < np.median(checks.area(random)) < checks.area(insertion)
    assert checks.p_against(float(checks.area(deletion)), checks.area(random)) < 0.1


def test_area_and_p_by_hand() -> None:
    assert checks.area(np.array([1.0, 0.5, 0.0])) == pytest.approx(0.5)  # (0.75 + 0.25) / 2
    assert checks.p_against(0.1, np.array([0.05, 0.2, 0.3])) == pytest.approx(
        2 / 4
    )  # one of three as small, and itself


def test_agreement_of_a_map_with_itself_its_opposite_and_noise() -> None:
    rng = np.random.default_rng(0)
    one = rng.standard_normal((14, 14))
    assert checks.agreement(one, one, rng).rho == checks.agreement(one, one, rng).low == pytest.approx(1)
    assert checks.agreement(one, -one, rng).high == pytest.approx(-1)
    noise = checks.agreement(one, rng.standard_normal((14, 14)), rng)
    assert noise.low < 0 < noise.high
    assert np.isnan(checks.agreement(one, np.zeros((14, 14)), rng).rho)


def test_an_empty_copy_counts_as_no_resemblance() -> None:
    one = np.arange(196.0).reshape(14, 14)
    found = checks.compared(one, [np.zeros((14, 14)), one], 3, 5)
    assert found.mean == pytest.approx(0.5)
    assert (found.blank, found.draws) == (1, 2)


def test_places_by_hand() -> None:
    mass = np.zeros((14, 14))
    mass[0, 13] = 0.75  # top right
    mass[13, 0] = 0.25  # bottom left
    shares = places.ninths(mass)
    assert (
        shares[0, 2] == pytest.approx(0.75) and shares[2, 0] == pytest.approx(0.25) and shares.sum() == pytest.approx(1)
    )
    # x: 0.75 × 13.5/14 + 0.25 × 0.5/14 = 0.7321; y: 0.75 × 0.5/14 + 0.25 × 13.5/14 = 0.2679
    assert places.centroid(mass) == pytest.approx((0.7321, 0.2679), abs=1e-4)
    assert places.concentration(mass) == pytest.approx(1 / 196)
    even = np.full((14, 14), 1 / 196)
    assert np.allclose(places.ninths(even), 1 / 9) and places.concentration(even) == pytest.approx(0.5)


def test_cells_average_points_and_index_them() -> None:
    pixels = np.arange(28.0 * 28).reshape(28, 28)
    assert cells_of(pixels)[0, 0] == (0 + 1 + 28 + 29) / 4
    assert cell_index(28)[27, 27] == 195 and (np.bincount(cell_index(30).ravel()) > 0).sum() == 196
    values = np.bincount(cell_index(30).ravel(), np.ones(900)) / np.bincount(cell_index(30).ravel())
    assert np.allclose(values.reshape(14, 14), cells_of(np.ones((30, 30))))


def test_a_map_moved_elsewhere_keeps_its_values() -> None:
    one = np.random.default_rng(0).standard_normal((14, 14))
    other = checks.moved(one, np.random.default_rng(1))
    assert not np.array_equal(one, other) and np.array_equal(np.sort(one, axis=None), np.sort(other, axis=None))


def test_a_frozen_network_and_one_that_wraps_its_logits_are_read_alike(shortcut: Small) -> None:
    scorer = scorer_on(shortcut, scene(1, np.random.default_rng(7))[0])
    free = gradients.gradcam_coarse(scorer, quiet)
    for parameter in shortcut.parameters():
        parameter.requires_grad_(False)
    frozen = gradients.gradcam_coarse(replace(scorer), quiet)
    for parameter in shortcut.parameters():
        parameter.requires_grad_(True)
    assert np.array_equal(free, frozen)
