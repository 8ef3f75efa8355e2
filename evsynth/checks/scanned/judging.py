"""Functions from a document to findings, without an extraction. `CHECKS` is the list of them."""

from evsynth.checks.scanned.calendar import ages, registered, sequence
from evsynth.checks.scanned.causes import one_cause
from evsynth.checks.scanned.design import (
    blinding,
    causal_words,
    contrast_of_significance,
    coupling,
    covariates,
    endpoints,
    guarantee_time,
    immortal_time,
    left_out,
    overlapping_windows,
    registration,
    unshown,
    weighting,
)
from evsynth.checks.scanned.elsewhere import journals, retold
from evsynth.checks.scanned.numbers import (
    accuracy,
    coefficients,
    components,
    dates,
    flow,
    glyphs,
    groups_told,
    margins,
    p_in_sentences,
    p_of_correlation,
    p_of_counts,
    p_of_means,
    p_of_ranks,
    p_of_tests,
    partitions,
    percentages,
    ratios,
    reasons,
    scales,
    shares_in_text,
    spreads_apart,
    whole_numbers,
)
from evsynth.checks.scanned.numbers import order as ordered
from evsynth.checks.scanned.places import (
    crossed,
    legend_p,
    pairs_in_text,
    repeated,
    row_in_text,
    rows,
    sizes_in_text,
    tables_apart,
    told_twice,
    totals,
    twins,
)
from evsynth.checks.scanned.reading import Reading, Registered, reading
from evsynth.checks.scanned.reporting import (
    all_of_them,
    announced,
    change_as_level,
    not_analysed,
    places_named,
    scale_minimum,
    strength,
    summaries_said,
    survival_test,
)
from evsynth.checks.scanned.statements import (
    changed_by,
    commonest,
    concluded_direction,
    concluded_significant,
    correlation_sign,
    counted_visits,
    direction,
    eligibility,
    legend_claims,
    none_of_them,
    not_in_table,
    ratio_direction,
    rows_compared,
    rows_of_models,
    rows_significant,
    shares,
    sign_of_diagnosis,
    significance,
    sweeping,
    two_groups,
    visits_differ,
    younger,
)
from evsynth.checks.scanned.told import (
    allocated,
    categories,
    intervals,
    pairs,
    parts,
    rates,
    remaining,
    shares_of,
)
from evsynth.model.finding import Finding, order
from evsynth.scan.document import Document

CHECKS: tuple[Registered, ...] = (
    Registered(percentages.percentages, percentages.CODES),
    Registered(shares_in_text.shares_in_text, shares_in_text.CODES),
    Registered(ordered.ranges, ordered.CODES),
    Registered(glyphs.glyphs, glyphs.CODES),
    Registered(scales.scales, scales.CODES),
    Registered(whole_numbers.whole_numbers, whole_numbers.CODES),
    Registered(partitions.partitions, partitions.CODES),
    Registered(flow.flow, flow.CODES),
    Registered(reasons.reasons, reasons.CODES),
    Registered(groups_told.groups_told, groups_told.CODES),
    Registered(margins.margins, margins.CODES),
    Registered(components.parts_of_totals, components.CODES),
    Registered(spreads_apart.spreads_apart, spreads_apart.CODES),
    Registered(accuracy.accuracy, accuracy.CODES),
    Registered(p_in_sentences.p_in_sentences, p_in_sentences.CODES),
    Registered(dates.dates, dates.CODES),
    Registered(p_of_counts.p_of_counts, p_of_counts.CODES),
    Registered(p_of_means.p_of_means, p_of_means.CODES),
    Registered(p_of_ranks.p_of_ranks, p_of_ranks.CODES),
    Registered(p_of_correlation.p_of_correlation, p_of_correlation.CODES),
    Registered(p_of_tests.p_of_tests, p_of_tests.CODES),
    Registered(coefficients.coefficients, coefficients.CODES),
    Registered(ratios.ratios, ratios.CODES),
    Registered(allocated.allocated, allocated.CODES),
    Registered(categories.categories, categories.CODES),
    Registered(intervals.intervals, intervals.CODES),
    Registered(pairs.pairs, pairs.CODES),
    Registered(parts.parts, parts.CODES),
    Registered(rates.rates, rates.CODES),
    Registered(remaining.remaining, remaining.CODES),
    Registered(shares_of.shares_of, shares_of.CODES),
    Registered(totals.totals, totals.CODES),
    Registered(crossed.crossed, crossed.CODES),
    Registered(sizes_in_text.sizes_in_text, sizes_in_text.CODES),
    Registered(tables_apart.tables_apart, tables_apart.CODES),
    Registered(rows.rows, rows.CODES),
    Registered(repeated.repeated, repeated.CODES),
    Registered(twins.twins, twins.CODES),
    Registered(row_in_text.row_in_text, row_in_text.CODES),
    Registered(pairs_in_text.pairs_in_text, pairs_in_text.CODES),
    Registered(legend_p.legend_p, legend_p.CODES),
    Registered(significance.significance, significance.CODES),
    Registered(ratio_direction.ratio_direction, ratio_direction.CODES),
    Registered(sweeping.sweeping, sweeping.CODES),
    Registered(direction.direction, direction.CODES),
    Registered(two_groups.two_groups, two_groups.CODES),
    Registered(rows_compared.rows_compared, rows_compared.CODES),
    Registered(rows_significant.rows_significant, rows_significant.CODES),
    Registered(rows_of_models.rows_of_models, rows_of_models.CODES),
    Registered(changed_by.changed_by, changed_by.CODES),
    Registered(legend_claims.legend_claims, legend_claims.CODES),
    Registered(legend_claims.legend_directions, legend_claims.CODES),
    Registered(none_of_them.none_of_them, none_of_them.CODES),
    Registered(commonest.commonest, commonest.CODES),
    Registered(shares.shares, shares.CODES),
    Registered(counted_visits.counted_visits, counted_visits.CODES),
    Registered(visits_differ.visits_differ, visits_differ.CODES),
    Registered(sign_of_diagnosis.sign_of_diagnosis, sign_of_diagnosis.CODES),
    Registered(journals.journals, journals.CODES),
    Registered(retold.retold, retold.CODES),
    Registered(not_in_table.not_in_table, not_in_table.CODES),
    Registered(eligibility.eligibility, eligibility.CODES),
    Registered(guarantee_time.guarantee_time, guarantee_time.CODES),
    Registered(left_out.left_out, left_out.CODES),
    Registered(weighting.weighting, weighting.CODES),
    Registered(covariates.covariates, covariates.CODES),
    Registered(registration.registration, registration.CODES),
    Registered(endpoints.endpoints, endpoints.CODES),
    Registered(unshown.unshown, unshown.CODES),
    Registered(overlapping_windows.overlapping_windows, overlapping_windows.CODES),
    Registered(immortal_time.immortal_time, immortal_time.CODES),
    Registered(coupling.coupling, coupling.CODES),
    Registered(contrast_of_significance.contrast_of_significance, contrast_of_significance.CODES),
    Registered(causal_words.causal_words, causal_words.CODES),
    Registered(registered.registered, registered.CODES),
    Registered(sequence.sequence, sequence.CODES),
    Registered(ages.ages, ages.CODES),
    Registered(correlation_sign.correlation_sign, correlation_sign.CODES),
    Registered(concluded_significant.concluded_significant, concluded_significant.CODES),
    Registered(concluded_direction.concluded_direction, concluded_direction.CODES),
    Registered(younger.younger, younger.CODES),
    Registered(told_twice.told_twice, told_twice.CODES),
    Registered(blinding.blinding, blinding.CODES),
    Registered(all_of_them.all_of_them, all_of_them.CODES),
    Registered(announced.announced, announced.CODES),
    Registered(change_as_level.change_as_level, change_as_level.CODES),
    Registered(not_analysed.not_analysed, not_analysed.CODES),
    Registered(places_named.places_named, places_named.CODES),
    Registered(scale_minimum.scale_minimum, scale_minimum.CODES),
    Registered(strength.strength, strength.CODES),
    Registered(summaries_said.summaries_said, summaries_said.CODES),
    Registered(survival_test.survival_test, survival_test.CODES),
)


def judge(document: Document, related: tuple[Document, ...] = ()) -> tuple[Finding, ...]:
    """Run every check on a document and give the findings by place.

    `related` are other documents of the same study (abstract page, record, summary) that it is compared with.
    """
    subject = reading(document, related)
    return one_cause(finding for one in CHECKS for finding in one.run(subject))


def judge_all(documents: tuple[Document, ...]) -> tuple[Finding, ...]:
    """Judge documents of one study, each with the others related to it, reading each once."""
    read = [reading(document) for document in documents]
    found: list[Finding] = []
    for one in read:
        subject = one._replace(related=tuple(other for other in read if other is not one))
        found += one_cause(finding for check in CHECKS for finding in check.run(subject))
    return tuple(sorted(found, key=order))


__all__ = ["CHECKS", "Reading", "Registered", "judge", "judge_all", "reading"]
