package org.obverse.cli.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.obverse.api.defense.GradientPolicy.OfSamples;
import org.obverse.cli.report.chart.Charts;
import org.obverse.cli.report.chart.Recorded;
import org.obverse.cli.report.html.Tag;
import org.obverse.cli.report.study.ReportedCell;
import org.obverse.cli.report.study.ReportedStudy;
import org.obverse.engine.record.CurveBand;
import org.obverse.engine.record.RunRecord.Training;
import org.obverse.engine.training.ClassifierTrainer.EpochFigures;

/** What happened over the steps of the attack and over the epochs of the training. */
final class CurvesSection {
    private static final List<String> FIRST = List.of("loss", "confidence");

    private final ReportedStudy study;
    private final Charts charts;

    CurvesSection(ReportedStudy study, Charts charts) {
        this.study = study;
        this.charts = charts;
    }

    /** One card per cell. */
    List<Tag> attack() {
        List<Tag> cards = new ArrayList<>();
        for (ReportedCell cell : study.cells()) {
            List<CurveBand> curves = cell.run().curves().stream()
                    .filter(curve -> !curve.points().isEmpty())
                    .sorted(Comparator.comparing(CurvesSection::rank))
                    .toList();
            if (!curves.isEmpty()) {
                cards.add(card(
                        study.cells().size() == 1 ? "" : cell.label(),
                        curves.stream()
                                .map(curve -> charts.add(curve.name(), Recorded.of(curve)))
                                .toList()));
            }
        }
        return cards.isEmpty()
                ? cards
                : List.of(
                        Tag.of("p", "note")
                                .text("The line is the mean over all candidates, the band lies between their quartiles."
                                        + " Losses of different kinds have different scales."),
                        Tag.of("div", "cards").addAll(cards));
    }

    private static int rank(CurveBand curve) {
        int index = FIRST.indexOf(curve.name());
        return index < 0 ? FIRST.size() : index;
    }

    /** One card per network that a run trained; runs that share a network share its card. */
    List<Tag> training() {
        Map<Training, List<ReportedCell>> trainings =
                study.grouped(cell -> cell.run().trainings());
        List<Tag> cards = new ArrayList<>();
        trainings.forEach((training, cells) -> {
            String name = name(training.unit());
            String where = study.label(cells);
            List<Tag> drawn = new ArrayList<>(List.of(
                    charts.add("loss", Recorded.of("loss", training, EpochFigures::loss)),
                    charts.add("accuracy", Recorded.of("accuracy", training, EpochFigures::accuracy))));
            Optional<PrivacyLoss> privacy = PrivacyLoss.of(training);
            privacy.ifPresent(loss -> drawn.add(
                    charts.add(OfSamples.EPSILON, Recorded.of(OfSamples.EPSILON, training, PrivacyLoss::epsilon))));
            cards.add(card(name + (where.isEmpty() ? "" : " · " + where), drawn)
                    .addAll(privacy.stream().map(PrivacyLoss::note).toList()));
        });
        return cards.isEmpty()
                ? cards
                : List.of(
                        Tag.of("p", "note").text("On the training batches."),
                        Tag.of("div", "cards").addAll(cards));
    }

    /** With a number where the run has several. */
    private static String name(String unit) {
        String[] parts = unit.split("/", 2);
        String role = parts[0].equals("evaluation") ? "evaluation model" : parts[0];
        return parts.length == 1 ? role : role + " " + (Integer.parseInt(parts[1]) + 1);
    }

    private static Tag card(String title, List<Tag> charts) {
        Tag card = Tag.of("div", "card");
        if (!title.isEmpty()) {
            card.add(Tag.of("h3").text(title));
        }
        return card.add(Tag.of("div", "charts").addAll(charts));
    }
}
