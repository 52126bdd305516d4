package org.obverse.engine.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.obverse.api.defense.CheckpointPolicy;
import org.obverse.api.defense.Companion;
import org.obverse.api.defense.DataTransform;
import org.obverse.api.defense.DefensePart;
import org.obverse.api.defense.Epoch;
import org.obverse.api.defense.GradientPolicy;
import org.obverse.api.defense.LabelEncoder;
import org.obverse.api.defense.LossTerm;
import org.obverse.api.defense.OutputFilter;
import org.obverse.api.defense.Schedule;
import org.obverse.api.defense.TeacherLoss;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.configuration.Suggestion;
import org.obverse.engine.plugin.PluginFailedException;

/** Whether the defenses of a target can be composed. */
final class DefenseChecks {
    private static final double TOLERANCE = 1e-12;
    private static final Map<Class<? extends DefensePart>, String> SINGLE = Map.of(
            LabelEncoder.class, "label encoder",
            GradientPolicy.class, "gradient policy",
            CheckpointPolicy.class, "checkpoint policy",
            Companion.class, "companion");

    private final TargetPlan target;
    private final List<PlacedPart> parts;

    DefenseChecks(TargetPlan target, List<PlacedPart> parts) {
        this.target = target;
        this.parts = parts;
    }

    List<Problem> composition() {
        List<Problem> problems = new ArrayList<>();
        Map<String, String> holders = new LinkedHashMap<>();
        for (PlacedPart placed : parts) {
            SINGLE.forEach((type, name) -> {
                if (type.isInstance(placed.part())) {
                    single(placed, name, holders, problems);
                }
            });
            ask(placed, () -> behaviour(placed, problems));
        }
        for (PlacedPart replacement : replacements()) {
            single(replacement, "loss in place of the cross-entropy", holders, problems);
            hardLabels(replacement, problems);
        }
        problems.addAll(new BoundedSamples(parts).problems());
        problems.addAll(new AppendedSamples(target, parts).problems());
        problems.addAll(new FrozenWeights(target, parts).origin());
        return problems;
    }

    private void behaviour(PlacedPart placed, List<Problem> problems) {
        if (target.origin() instanceof Origin.Own && !(placed.part() instanceof OutputFilter)) {
            problems.add(new Problem(
                    placed.path(),
                    "'%s' changes how a target is trained, and '%s' is a finished network"
                            .formatted(
                                    placed.defense().name(), target.classifier().name()),
                    "drop the defense, or attack a classifier that is trained here"));
        }
        if (placed.part() instanceof LabelEncoder encoder && target.origin() instanceof Origin.Trained trained) {
            arrives(placed, encoder.schedule(), trained.recipe().epochs(), problems);
            encodesAlone(placed, trained.recipe().smoothing(), problems);
        }
        if (placed.part() instanceof OutputFilter filter && !filter.limit().grants(target.access())) {
            problems.add(new Problem(
                    target.path() + ".access",
                    "the defense '%s' lets no more than %s through, and the plan grants %s"
                            .formatted(
                                    placed.defense().name(),
                                    filter.limit().label(),
                                    target.access().label()),
                    "write access: " + filter.limit().label() + ", or drop the defense"));
        }
    }

    /** What the policies that bound samples say of how many there are. */
    List<Problem> bounded(int samples) {
        List<Problem> problems = new ArrayList<>();
        for (PlacedPart placed : parts) {
            if (placed.part() instanceof GradientPolicy.OfSamples policy) {
                ask(placed, () -> policy.check(samples).forEach(problem -> problems.add(problem.under(placed.path()))));
            }
        }
        return problems;
    }

    private static void single(PlacedPart placed, String role, Map<String, String> holders, List<Problem> problems) {
        String other = holders.putIfAbsent(role, placed.defense().name());
        if (other != null) {
            problems.add(new Problem(
                    placed.path(),
                    "'%s' brings a second %s beside '%s'; a target has at most one"
                            .formatted(placed.defense().name(), role, other),
                    "drop one of the two defenses"));
        }
    }

    private void encodesAlone(PlacedPart placed, double smoothing, List<Problem> problems) {
        if (smoothing != 0) {
            problems.add(new Problem(
                    target.path() + ".training.smoothing",
                    "the labels are encoded by '%s', so a smoothing of %s would change nothing"
                            .formatted(placed.defense().name(), smoothing),
                    "set it to 0, or drop the defense"));
        }
    }

    private List<PlacedPart> replacements() {
        List<PlacedPart> found = new ArrayList<>();
        for (PlacedPart placed : parts) {
            ask(placed, () -> {
                if (placed.part() instanceof TeacherLoss) {
                    found.add(placed);
                }
                if (placed.part() instanceof LossTerm term
                        && term.role() == LossTerm.Role.INSTEAD_OF_CROSS_ENTROPY
                        && term.weight() != 0) {
                    found.add(placed);
                }
            });
        }
        return found;
    }

    private void hardLabels(PlacedPart replacement, List<Problem> problems) {
        if (!(target.origin() instanceof Origin.Trained trained)) {
            return;
        }
        String rule = "'%s' takes the place of the cross-entropy, which goes with labels of one class only, and %s";
        String loss = replacement.defense().name();
        for (PlacedPart placed : parts) {
            if (placed.part() instanceof LabelEncoder encoder) {
                ask(placed, () -> {
                    if (softens(encoder.schedule(), trained.recipe().epochs())) {
                        problems.add(new Problem(
                                replacement.path(),
                                rule.formatted(loss, "'" + placed.defense().name() + "' softens them"),
                                "drop one of the two defenses, or give '"
                                        + placed.defense().name() + "' the strength 0"));
                    }
                });
            }
        }
        for (PlacedPart placed : parts) {
            if (placed.part() instanceof DataTransform transform) {
                ask(placed, () -> {
                    if (replacement.part() instanceof TeacherLoss) {
                        unread(replacement, placed, transform, problems);
                    } else if (transform.softensLabels()) {
                        problems.add(new Problem(
                                replacement.path(),
                                rule.formatted(loss, "'" + placed.defense().name() + "' mixes them"),
                                "drop one of the two defenses"));
                    }
                });
            }
        }
        if (trained.recipe().smoothing() != 0) {
            problems.add(new Problem(
                    target.path() + ".training.smoothing",
                    rule.formatted(loss, "a smoothing of " + trained.recipe().smoothing() + " softens them"),
                    "set it to 0, or drop the defense"));
        }
    }

    /** A teacher is asked about samples as they were mixed; labels that it does not read may as well stay as they are. */
    private static void unread(
            PlacedPart replacement, PlacedPart placed, DataTransform transform, List<Problem> problems) {
        if (transform.changesLabelsAlone()) {
            problems.add(new Problem(
                    replacement.path(),
                    "'%s' learns from a teacher and never sees the labels that '%s' changes"
                            .formatted(
                                    replacement.defense().name(),
                                    placed.defense().name()),
                    "drop one of the two defenses"));
        }
    }

    private static boolean softens(Schedule schedule, int epochs) {
        return IntStream.range(0, epochs).anyMatch(epoch -> schedule.value(new Epoch(epoch, epochs)) != 0);
    }

    private void arrives(PlacedPart placed, Schedule schedule, int epochs, List<Problem> problems) {
        double last = schedule.value(new Epoch(epochs - 1, epochs));
        if (!(Math.abs(last - schedule.finalValue()) <= TOLERANCE)) {
            problems.add(new Problem(
                    placed.path(),
                    "the schedule of '%s' is meant to end at %s, but the last of %d epochs has %s"
                            .formatted(placed.defense().name(), schedule.finalValue(), epochs, last),
                    "train for more epochs (%s.training.epochs), or let it rise earlier (schedule: fraction, ramp)"
                            .formatted(target.path())));
        }
    }

    List<Problem> taps(Set<String> offered) {
        List<Problem> problems = new ArrayList<>();
        for (PlacedPart placed : parts) {
            if (placed.part() instanceof LossTerm term) {
                ask(placed, () -> missingTaps(placed.path(), placed.defense().name(), term.taps(), offered, problems));
            }
        }
        return problems;
    }

    static void missingTaps(String path, String reader, Set<String> taps, Set<String> offered, List<Problem> problems) {
        for (String tap : new TreeSet<>(taps)) {
            if (!offered.contains(tap)) {
                problems.add(new Problem(
                        path,
                        "'%s' reads the activation '%s', which the target does not offer".formatted(reader, tap),
                        Suggestion.of(tap, "activations", offered)));
            }
        }
    }

    /** Lets a part say something, which may fail. */
    static void ask(PlacedPart placed, Runnable question) {
        try {
            placed.defense().plugin().call("a part of " + placed.defense().subject(), () -> {
                question.run();
                return placed.part();
            });
        } catch (PluginFailedException e) {
            throw e.at(placed.path());
        }
    }
}
