package org.obverse.cli.panel;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.cli.figure.Bootstrap;
import org.obverse.cli.figure.Proportion;
import org.obverse.cli.figure.Share;
import org.obverse.cli.panel.Answers.Answer;
import org.obverse.cli.panel.Tally.Answered;
import org.obverse.engine.plan.Cell;
import org.obverse.engine.plan.Ground;
import org.obverse.engine.plan.Study;

/**
 * What answers say of a run's cells.
 *
 * @param run its name
 * @param accepted what the plans of these cells accept against their evaluation, which an evaluation model's figures rest on
 * @param draws of the bootstrap
 */
public record Judgement(String run, Set<Ground> accepted, int draws, List<OfCell> cells) {
    /** As many as the figure's last printed digit needs; a bootstrap over identities is cheap. */
    private static final int DRAWS = 2_000;

    public Judgement {
        accepted = Collections.unmodifiableSet(new TreeSet<>(accepted));
        cells = List.copyOf(cells);
    }

    /**
     * The answers about one cell.
     *
     * @param panels that the key has of it
     * @param refused of these, those that the judge would not answer
     * @param unanswered those that the answers do not name
     * @param people whose panels they are
     * @param yes how often the judge says yes of reconstructions
     * @param tpr the same of positive controls
     * @param fpr the same of negative controls
     * @param corrected the share of reconstructions that show the right person, corrected for the judge's errors
     * @param models that the run's metrics asked
     */
    public record OfCell(
            String cell,
            int panels,
            int refused,
            int unanswered,
            int people,
            Proportion yes,
            Proportion tpr,
            Proportion fpr,
            Share corrected,
            List<OfModel> models) {
        public OfCell {
            models = List.copyOf(models);
        }

        /** Why there is no corrected share; empty if there is one. */
        public String undefined() {
            if (corrected.isDefined()) {
                return "";
            }
            if (tpr.trials() == 0 || fpr.trials() == 0) {
                return "no " + (tpr.trials() == 0 ? "positive" : "negative")
                        + " control was answered, so that nothing is known of the judge's errors";
            }
            return yes.trials() == 0
                    ? "no reconstruction was answered"
                    : "the judge says yes to no more of the positive controls than of the negative ones: it does not tell people"
                            + " apart, and its answers prove nothing";
        }
    }

    /**
     * An evaluation model held against the judge, over the reconstructions that the judge answered.
     *
     * @param right how many of them the model takes for their class
     * @param falsePositives P(judge says no | model is right)
     * @param recall P(model is right | judge says yes)
     */
    public record OfModel(String model, Proportion right, Share falsePositives, Share recall) {}

    /**
     * Reads the answers and holds them against the key.
     *
     * @param runs the folder of all runs
     * @param place of the key, or the folder that it lies in
     * @throws InvalidConfigurationException if the run has no results, the key is not of this run, or the answers are not of the key
     */
    public static Judgement of(Study study, Path runs, Path answers, Path place) {
        Key key = Key.read(place);
        List<String> known = study.cells().stream().map(Cell::name).toList();
        List<Problem> strangers = key.cells().stream()
                .filter(cell -> !known.contains(cell))
                .map(cell -> new Problem(
                        key.file().toString(),
                        "it has panels of a cell '" + cell + "', which the run '" + study.name() + "' has not",
                        "name the run that they were made of; its cells: " + String.join(", ", known)))
                .toList();
        if (!strangers.isEmpty()) {
            throw new InvalidConfigurationException(strangers);
        }
        key.requireOf(study.name(), AttackedCell.of(study, runs, key.cells()));
        key.requireUnchanged();
        Answers given = Answers.read(answers, key);
        Bootstrap bootstrap = new Bootstrap(DRAWS);
        return new Judgement(
                study.name(),
                study.cells().stream()
                        .filter(cell -> key.cells().contains(cell.name()))
                        .flatMap(cell -> cell.plan().accepted().stream())
                        .collect(Collectors.toSet()),
                DRAWS,
                key.cells().stream()
                        .map(cell -> of(cell, key.of(cell), given, bootstrap))
                        .toList());
    }

    /** The answers about panels of one cell, at least one. */
    static OfCell of(String cell, List<Panel> panels, Answers answers, Bootstrap bootstrap) {
        Tally tally = Tally.of(panels, answers);
        ToDoubleFunction<int[]> yes = tally.share(Answered::isReconstruction, Answered::yes);
        ToDoubleFunction<int[]> tpr = tally.share(Answered::isPositive, Answered::yes);
        ToDoubleFunction<int[]> fpr = tally.share(Answered::isNegative, Answered::yes);
        int people = tally.people().size();
        List<OfModel> models = panels.stream()
                .map(Panel::shown)
                .filter(Shown.Reconstruction.class::isInstance)
                .flatMap(shown -> ((Shown.Reconstruction) shown).recognised().keySet().stream())
                .distinct()
                .map(model -> of(model, tally, bootstrap))
                .toList();
        return new OfCell(
                cell,
                panels.size(),
                (int) panels.stream()
                        .filter(panel -> answers.given().get(panel.name()) == Answer.REFUSED)
                        .count(),
                (int) panels.stream()
                        .filter(panel -> !answers.given().containsKey(panel.name()))
                        .count(),
                people,
                tally.proportion(Answered::isReconstruction, Answered::yes),
                tally.proportion(Answered::isPositive, Answered::yes),
                tally.proportion(Answered::isNegative, Answered::yes),
                Share.of(
                        people,
                        drawn -> Share.corrected(
                                yes.applyAsDouble(drawn), tpr.applyAsDouble(drawn), fpr.applyAsDouble(drawn)),
                        bootstrap),
                models);
    }

    private static OfModel of(String model, Tally tally, Bootstrap bootstrap) {
        Predicate<Answered> right = panel -> panel.isFor(model, true);
        Predicate<Answered> asked = right.or(panel -> panel.isFor(model, false));
        Predicate<Answered> no = panel -> !panel.yes();
        int people = tally.people().size();
        return new OfModel(
                model,
                tally.proportion(asked, right),
                Share.of(people, tally.share(right, no), bootstrap),
                Share.of(people, tally.share(asked.and(Answered::yes), right), bootstrap));
    }

    /** For people, in lines with their breaks. */
    public String text() {
        return new JudgementPage(this).text();
    }

    /** For machines: JSON with all digits. */
    public String json() {
        return JudgementJson.of(this);
    }
}
