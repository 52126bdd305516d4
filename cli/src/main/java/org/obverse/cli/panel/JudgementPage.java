package org.obverse.cli.panel;

import java.util.ArrayList;
import java.util.List;
import org.obverse.cli.figure.Doubt;
import org.obverse.cli.figure.Proportion;
import org.obverse.cli.figure.Share;
import org.obverse.cli.figure.ValueFormat;
import org.obverse.cli.panel.Judgement.OfCell;
import org.obverse.cli.panel.Judgement.OfModel;
import org.obverse.cli.progress.Columns;

/** A judgement for people, as plain text. */
record JudgementPage(Judgement judgement) {
    private static final ValueFormat FORMAT = ValueFormat.PERCENT;
    private static final int FEW = 10;
    private static final int INTERVAL = 4;

    String text() {
        List<String> lines = new ArrayList<>();
        for (OfCell cell : judgement.cells()) {
            heading(cell, lines);
            lines.addAll(Columns.lines(
                    List.of(
                            List.of("", "yes", "of", "share", "95 % interval"),
                            row("reconstructions", cell.yes(), ""),
                            row(
                                    "positive controls (tpr)",
                                    cell.tpr(),
                                    cell.tpr().bounds().text(FORMAT)),
                            row(
                                    "negative controls (fpr)",
                                    cell.fpr(),
                                    cell.fpr().bounds().text(FORMAT))),
                    column -> column > 0 && column < INTERVAL));
            lines.add("");
            success(cell, lines);
            cell.models().forEach(model -> model(model, lines));
            lines.add("");
        }
        lines.add(
                "Intervals of the judge's rates are exact (Clopper and Pearson), all others by a bootstrap over people ("
                        + judgement.draws() + " draws).");
        judgement
                .accepted()
                .forEach(ground ->
                        lines.add("Accepted by the plan: " + ground.label() + " (" + ground.meaning() + ")."));
        lines.add("Whether a model is right was asked of the pictures in the panels, when they were made.");
        return String.join("\n", lines) + "\n";
    }

    private static void heading(OfCell cell, List<String> lines) {
        lines.add("'" + cell.cell() + "': " + cell.panels() + " panels of " + cell.people() + " people, of which "
                + cell.refused() + " were refused and " + cell.unanswered() + " have no answer");
        if (cell.people() < FEW) {
            lines.add("Intervals over people may be too narrow, with " + Doubt.FEW_IDENTITIES.reason() + ".");
        }
        lines.add("");
    }

    private static void success(OfCell cell, List<String> lines) {
        Share corrected = cell.corrected();
        lines.add("right person, corrected for the judge's errors: "
                + (corrected.isDefined() ? share(corrected) : "undefined"));
        if (!corrected.isDefined()) {
            lines.add("  No figure: " + cell.undefined() + ".");
        }
        if (corrected.undefined() > 0) {
            lines.add("  " + corrected.undefined()
                    + " draws of the bootstrap leave it undefined and widen the interval to 0 or 100 %.");
        }
    }

    private static void model(OfModel model, List<String> lines) {
        lines.add("evaluation model '" + model.model() + "', right about "
                + model.right().successes() + " of " + model.right().trials());
        lines.add("  of these, not the person for the judge (false positives): " + share(model.falsePositives()));
        lines.add("  of the judge's yes, found by the model (recall): " + share(model.recall()));
    }

    private static String share(Share share) {
        return share.isDefined()
                ? (FORMAT.withSign(share.value()) + " " + share.bounds().text(FORMAT)).strip()
                : "undefined, there are none";
    }

    private static List<String> row(String name, Proportion of, String interval) {
        return List.of(
                name,
                String.valueOf(of.successes()),
                String.valueOf(of.trials()),
                FORMAT.withSign(of.share()),
                interval);
    }
}
