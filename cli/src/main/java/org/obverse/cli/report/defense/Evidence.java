package org.obverse.cli.report.defense;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.obverse.api.oracle.Access;
import org.obverse.cli.compare.ClassFigure.Place;
import org.obverse.cli.report.defense.TestedTarget.Measured;
import org.obverse.cli.report.study.ReportedCell;
import org.obverse.cli.report.study.ReportedStudy;
import org.obverse.cli.report.study.Setting;
import org.obverse.engine.plan.Cell;
import org.obverse.engine.plan.MetricPlan;
import org.obverse.engine.plan.Plan;
import org.obverse.engine.plan.TargetPlan;
import org.obverse.engine.record.Score;
import org.obverse.engine.record.Score.Subject;

/**
 * The targets of a study that reconstructions were made of, or whose accuracy was measured, in the order in which they are met.
 *
 * @param cells the targets that the cells attack, by the names of these
 */
public record Evidence(List<TestedTarget> targets, Map<String, TestedTarget> cells) {
    /** As the metric {@code test-accuracy} names it. */
    static final String ACCURACY = "test accuracy";

    public Evidence {
        targets = List.copyOf(targets);
        cells = Map.copyOf(cells);
    }

    /**
     * @param settings the study's
     * @param main the figure by which attacks are ranked; nothing if there is none
     */
    public static Evidence of(ReportedStudy study, List<Setting> settings, Optional<Place> main) {
        Map<Model, List<ReportedCell>> models = new LinkedHashMap<>();
        for (ReportedCell cell : study.cells()) {
            Plan plan = cell.cell().plan();
            plan.attack()
                    .forEach(attack -> models.computeIfAbsent(Model.of(plan, attack.target()), key -> new ArrayList<>())
                            .add(cell));
            plan.metrics()
                    .forEach(metric ->
                            models.computeIfAbsent(Model.of(plan, metric.target()), key -> new ArrayList<>()));
        }
        Map<Model, String> labels = labels(models.keySet());
        Map<Model, List<Tried>> tried = tried(settings, main);
        Map<Model, List<Measured>> measured = figures(study);
        List<TestedTarget> targets = new ArrayList<>();
        Map<String, TestedTarget> cells = new LinkedHashMap<>();
        models.forEach((model, attacking) -> {
            List<Measured> figures = measured.getOrDefault(model, List.of());
            TestedTarget target = new TestedTarget(
                    labels.getOrDefault(model, model.label()),
                    model,
                    tried.getOrDefault(model, List.of()),
                    (int) attacking.stream().filter(cell -> !cell.isDone()).count(),
                    figures.stream()
                            .filter(figure -> figure.name().equals(ACCURACY))
                            .mapToDouble(Measured::value)
                            .findFirst()
                            .orElse(Double.NaN),
                    access(model, attacking),
                    figures);
            targets.add(target);
            attacking.forEach(cell -> cells.put(cell.cell().name(), target));
        });
        return new Evidence(targets, cells);
    }

    /** The most that any cell grants its attack. */
    private static Access access(Model model, List<ReportedCell> attacking) {
        return attacking.stream()
                .flatMap(cell -> cell.cell().plan().targets().values().stream()
                        .filter(target ->
                                Model.of(cell.cell().plan(), target.name()).equals(model)))
                .map(TargetPlan::access)
                .max(Comparator.naturalOrder())
                .orElse(Access.NONE);
    }

    /** Those that only recipe or data tell apart get a number. */
    private static Map<Model, String> labels(Set<Model> models) {
        Map<Model, String> labels = new LinkedHashMap<>();
        Map<String, Integer> alike = new LinkedHashMap<>();
        Set<String> classifiers =
                models.stream().map(model -> model.classifier().name()).collect(Collectors.toSet());
        for (Model model : models) {
            String label = (classifiers.size() > 1 ? model.classifier().name() + ", " : "") + model.label();
            int number = alike.merge(label, 1, Integer::sum);
            labels.put(model, number == 1 ? label : label + " #" + number);
        }
        return labels;
    }

    private static Map<Model, List<Tried>> tried(List<Setting> settings, Optional<Place> main) {
        Map<Model, List<Tried>> tried = new LinkedHashMap<>();
        for (Setting setting : settings) {
            ReportedCell first = setting.cells().get(0);
            Plan plan = first.cell().plan();
            if (setting.cells().stream().allMatch(ReportedCell::isDone)) {
                plan.attack()
                        .forEach(attack -> main.flatMap(place ->
                                        Optional.ofNullable(setting.figures().get(place)))
                                .ifPresent(found -> tried.computeIfAbsent(
                                                Model.of(plan, attack.target()), key -> new ArrayList<>())
                                        .add(new Tried(setting, first.cell().threats(), found))));
            }
        }
        return tried;
    }

    /** Means over cells that differ in seeds alone; a target's own figures over all cells that have them. */
    private static Map<Model, List<Measured>> figures(ReportedStudy study) {
        Map<Model, Map<Measured, List<Double>>> values = new LinkedHashMap<>();
        for (ReportedCell cell : study.cells()) {
            Plan plan = cell.cell().plan();
            String label = ReportedCell.label(cell.cell().setting());
            String setting = label.isEmpty() ? "" : "of " + label;
            for (Score score : cell.isDone() ? cell.run().scores() : List.<Score>of()) {
                if (score instanceof Score.Measured measured) {
                    String of = measured.subject() == Subject.TARGET ? "" : setting;
                    planned(plan, score.metric()).ifPresent(metric -> {
                        Map<Measured, List<Double>> ofModel =
                                values.computeIfAbsent(Model.of(plan, metric.target()), key -> new LinkedHashMap<>());
                        measured.figures()
                                .forEach(figure -> ofModel.computeIfAbsent(
                                                new Measured(figure.name(), 0, of), key -> new ArrayList<>())
                                        .add(figure.value()));
                    });
                }
            }
        }
        Map<Model, List<Measured>> figures = new LinkedHashMap<>();
        values.forEach((model, found) -> found.forEach((figure, all) -> figures.computeIfAbsent(
                        model, key -> new ArrayList<>())
                .add(new Measured(
                        figure.name(),
                        all.stream().mapToDouble(Double::doubleValue).average().orElseThrow(),
                        figure.of()))));
        return figures;
    }

    /** A score is called as its metric, with a number from the second one of that name on. */
    private static Optional<MetricPlan> planned(Plan plan, String score) {
        String[] parts = score.split("/", 2);
        int number = parts.length == 1 ? 1 : Integer.parseInt(parts[1]);
        return plan.metrics().stream()
                .filter(metric -> metric.name().equals(parts[0]))
                .skip(number - 1L)
                .findFirst();
    }

    /** Those that cells attack, finished or not. */
    public List<TestedTarget> attacked() {
        Set<String> labels = cells.values().stream().map(TestedTarget::label).collect(Collectors.toSet());
        return targets.stream()
                .filter(target -> labels.contains(target.label()))
                .toList();
    }

    /** Whether some attacked target has a defense. */
    public static boolean isAbout(ReportedStudy study) {
        return study.cells().stream()
                .map(cell -> cell.cell().plan())
                .anyMatch(plan -> plan.attack().stream()
                        .anyMatch(attack ->
                                !plan.target(attack.target()).activeDefense().isEmpty()));
    }

    /** {@code verified} or {@code unverified} for a cell that attacks a defended target, else nothing. */
    public String word(Cell cell) {
        return Optional.ofNullable(cells.get(cell.name()))
                .filter(target -> target.model().isDefended())
                .map(target -> verification(target).word())
                .orElse("");
    }

    /** Whether a defense's result may be believed, and why not. */
    public Verification verification(TestedTarget target) {
        return Verification.of(target, targets);
    }
}
