package org.obverse.cli.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoublePredicate;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.obverse.api.plugin.NameOrIndex;
import org.obverse.cli.figure.ValueFormat;
import org.obverse.cli.report.html.Tag;
import org.obverse.cli.report.study.ReportedCell;
import org.obverse.cli.report.study.ReportedStudy;
import org.obverse.engine.plan.AttackPlan;
import org.obverse.engine.plan.Classes;
import org.obverse.engine.plan.Plan;
import org.obverse.engine.plan.PlannedComponent;
import org.obverse.engine.product.Movement;
import org.obverse.engine.product.Network;

/** What was run, and how far it came. */
final class OverviewSection {
    private static final List<String> IMAGES = List.of("training", "test", "pool", "public");

    /** Duplicates that are named one by one. */
    private static final int NAMED = 5;
    /** Of its own training images; chance is far below, a weak target above. */
    private static final double FAR_TOO_LOW = 0.5;

    private final ReportedStudy study;

    OverviewSection(ReportedStudy study) {
        this.study = study;
    }

    /** One sentence; ends without a full stop. */
    String sentence() {
        if (study.cells().size() == 1) {
            return "One run, " + study.cells().get(0).progress();
        }
        long done = study.cells().stream().filter(ReportedCell::isDone).count();
        return "%d runs over %s; %s"
                .formatted(
                        study.cells().size(),
                        String.join(" × ", study.axes()),
                        done == study.cells().size() ? "all are done" : done + (done == 1 ? " is done" : " are done"));
    }

    /** Says which cells are not done; empty if all are. */
    List<Tag> unfinished() {
        List<ReportedCell> open =
                study.cells().stream().filter(cell -> !cell.isDone()).toList();
        if (open.isEmpty()) {
            return List.of();
        }
        Tag cells = Tag.of("ul");
        open.forEach(cell -> cells.add(Tag.of("li").text(cell.label() + ": " + cell.progress())));
        return List.of(Tag.of("div", "banner")
                .with("role", "status")
                .add(
                        Tag.of("strong")
                                .text("This report is not final: " + open.size() + " of "
                                        + study.cells().size() + " runs are not done."),
                        cells,
                        Tag.of("p").text("obverse resume " + study.name() + " goes on where they stopped.")));
    }

    /** Warns of images that are in two parts of the data, once for all cells with the same ones; empty if there are none. */
    List<Tag> duplicates() {
        Map<String, List<ReportedCell>> found = new LinkedHashMap<>();
        for (ReportedCell cell : study.cells()) {
            if (cell.run().data().containsKey("duplicates")) {
                found.computeIfAbsent(cell.run().data().getOrDefault("duplicate-images", ""), key -> new ArrayList<>())
                        .add(cell);
            }
        }
        return found.values().stream().map(this::duplicates).toList();
    }

    private Tag duplicates(List<ReportedCell> cells) {
        Map<String, String> data = cells.get(0).run().data();
        String where = cells.size() == study.cells().size()
                ? ""
                : " (" + cells.stream().map(ReportedCell::label).collect(Collectors.joining("; ")) + ")";
        List<String> pairs = List.of(data.getOrDefault("duplicate-images", "").split("; ", -1));
        Tag named = Tag.of("ul");
        pairs.stream().limit(NAMED).forEach(pair -> named.add(Tag.of("li").text(pair)));
        if (pairs.size() > NAMED) {
            named.add(Tag.of("li").text("and others"));
        }
        return Tag.of("div", "banner")
                .with("role", "status")
                .add(
                        Tag.of("strong")
                                .text("Images in two parts of the data: " + data.get("duplicates") + where + "."),
                        named,
                        Tag.of("p")
                                .text("A model is tested on what it was trained on, or the attacker is"
                                        + " given private images, so figures may be better than they should be. Remove one of each"
                                        + " pair and begin a run of another name."));
    }

    /** Warns of finished targets that do not know their own training images; empty if there are none. */
    List<Tag> strangers() {
        return warning(
                "A target does not know the images that it is said to be trained on.",
                units(Network.OWN_ACCURACY, accuracy -> accuracy < FAR_TOO_LOW),
                "Perhaps it counts the classes in another order than the data (0, 1, 10, 2 where the data has 0, 1, 2, 10):"
                        + " say so with the target's key class-order. Or it takes its images with another mean and deviation,"
                        + " or was trained on others.");
    }

    /** Says what is against the figures and was accepted; empty if nothing is. */
    List<Tag> accepted() {
        return warning(
                "The plan accepts what is against these figures.",
                new LinkedHashSet<>(study.accepted()),
                "Without that they would not have been measured.");
    }

    /** Warns of searches that changed no candidate; empty if there are none. */
    List<Tag> standing() {
        return warning(
                "A search moved none of its candidates.",
                units(Movement.MOVED, share -> share == 0),
                "What it reports is what it began with. The target may give it no gradient (logits that are all equal, or too"
                        + " large for its loss), or it takes no steps.");
    }

    /** Warns of what was prepared for an attack and is of no use to it; empty if there is no such thing. */
    List<Tag> unfit() {
        return warning(
                "What was prepared for the attack is of little use.",
                new PreparedSection(study).tooLow(),
                "What an attack finds with it says little of the target: let it learn longer, from more images, or choose another"
                        + " architecture.");
    }

    /** Units with a figure like this, with the figure. */
    private Set<String> units(String figure, DoublePredicate wanted) {
        Set<String> units = new LinkedHashSet<>();
        for (ReportedCell cell : study.cells()) {
            cell.run().figures().forEach((unit, figures) -> {
                double value = figures.getOrDefault(figure, Double.NaN);
                if (wanted.test(value)) {
                    units.add(unit + " of " + cell.label() + ": " + figure + " "
                            + ValueFormat.of("fraction", List.of(value)).withSign(value));
                }
            });
        }
        return units;
    }

    private static List<Tag> warning(String title, Set<String> subjects, String text) {
        if (subjects.isEmpty()) {
            return List.of();
        }
        Tag named = Tag.of("ul");
        subjects.stream().limit(NAMED).forEach(subject -> named.add(Tag.of("li").text(subject)));
        if (subjects.size() > NAMED) {
            named.add(Tag.of("li").text("and " + (subjects.size() - NAMED) + " others"));
        }
        return List.of(Tag.of("div", "banner")
                .with("role", "status")
                .add(Tag.of("strong").text(title), named, Tag.of("p").text(text)));
    }

    List<Tag> facts() {
        Tag facts = Tag.of("dl", "facts");
        row(facts, "attack", plan -> plan.attack().stream().map(OverviewSection::attack));
        row(facts, "classes attacked", plan -> plan.attack().stream().map(OverviewSection::classes));
        row(
                facts,
                "target",
                plan -> plan.targets().values().stream()
                        .map(target -> target.classifier().name()));
        row(
                facts,
                "defense",
                plan -> plan.targets().values().stream()
                        .map(target -> target.defense().isEmpty()
                                ? "none"
                                : target.defense().stream()
                                        .map(PlannedComponent::name)
                                        .collect(Collectors.joining(" + "))));
        row(
                facts,
                "access",
                plan -> plan.targets().values().stream()
                        .map(target -> target.access().label()));
        row(
                facts,
                "judged by",
                plan -> plan.evaluation().values().stream()
                        .map(model -> model.classifier().name()));
        row(facts, "generator", plan -> plan.generator().stream().map(PlannedComponent::name));
        row(facts, "data", plan -> Stream.of(plan.data().name()));
        Set<String> sizes = new LinkedHashSet<>();
        study.cells().forEach(cell -> sizes.add(sizes(cell)));
        sizes.remove("");
        entry(facts, "", List.copyOf(sizes));
        row(
                facts,
                "seeds",
                plan -> Stream.of("split %d, training %d, attack %d, evaluation %d"
                        .formatted(
                                plan.seeds().split(),
                                plan.seeds().training(),
                                plan.seeds().attack(),
                                plan.seeds().evaluation())));
        return List.of(facts);
    }

    private static String attack(AttackPlan attack) {
        return attack.recipe().name() + " ("
                + attack.stages().stream()
                        .map(stage ->
                                stage.stage().label() + " " + stage.component().name())
                        .collect(Collectors.joining(", "))
                + ")";
    }

    private static String classes(AttackPlan attack) {
        if (attack.classes() instanceof Classes.Drawn drawn) {
            return drawn.random() + " at random";
        }
        return attack.classes() instanceof Classes.Listed listed
                ? listed.classes().stream().map(NameOrIndex::toString).collect(Collectors.joining(", "))
                : "all";
    }

    private static String sizes(ReportedCell cell) {
        Map<String, String> data = cell.run().data();
        List<String> sizes = new ArrayList<>();
        if (data.containsKey("classes")) {
            sizes.add(data.get("classes") + " classes");
        }
        IMAGES.stream().filter(data::containsKey).forEach(part -> sizes.add(data.get(part) + " " + part + " images"));
        return String.join(", ", sizes);
    }

    private void row(Tag facts, String name, Function<Plan, Stream<String>> words) {
        entry(
                facts,
                name,
                study.cells().stream()
                        .map(cell -> words.apply(cell.cell().plan()).collect(Collectors.joining(", ")))
                        .filter(text -> !text.isEmpty())
                        .distinct()
                        .toList());
    }

    private static void entry(Tag facts, String name, List<String> values) {
        if (!values.isEmpty()) {
            facts.add(Tag.of("dt").text(name), Tag.of("dd").text(String.join(" | ", values)));
        }
    }
}
