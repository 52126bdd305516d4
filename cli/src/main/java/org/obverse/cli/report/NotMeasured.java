package org.obverse.cli.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.obverse.api.metric.Measurement.Better;
import org.obverse.cli.report.study.ReportedCell;
import org.obverse.cli.report.study.ReportedStudy;
import org.obverse.cli.report.study.Setting;
import org.obverse.engine.plan.Cell.Coordinate;
import org.obverse.engine.plan.Plan;
import org.obverse.engine.record.Score.Measured;
import org.obverse.engine.record.Score.Subject;
import org.obverse.engine.record.Score.Undefined;

/** What a reader might take from a study that it does not tell, as sentences. */
record NotMeasured(ReportedStudy study, List<Setting> settings) {
    List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        attack(sentences);
        unfinished(sentences);
        undefined(sentences);
        seeds(sentences);
        nulls(sentences);
        judges(sentences);
        utility(sentences);
        return sentences;
    }

    private boolean isMeasured(Subject subject) {
        return study.cells().stream()
                .flatMap(cell -> cell.run().scores().stream())
                .anyMatch(score -> score instanceof Measured measured && measured.subject() == subject);
    }

    private List<Plan> plans() {
        return study.cells().stream().map(cell -> cell.cell().plan()).toList();
    }

    private void attack(List<String> sentences) {
        boolean isAttacked = plans().stream()
                .anyMatch(plan -> !plan.attack().isEmpty() || !plan.membership().isEmpty());
        if (!isAttacked) {
            sentences.add("What an attack finds: the plan has none.");
        } else if (!isMeasured(Subject.ATTACK)) {
            sentences.add("What leaked: no metric has judged what the attack found.");
        } else if (VerdictSection.main(settings).isEmpty()) {
            sentences.add("How sure the figures are: no metric of the attack has figures per class.");
        }
    }

    private void unfinished(List<String> sentences) {
        long open = study.cells().stream().filter(cell -> !cell.isDone()).count();
        if (open > 0) {
            sentences.add(open + " of " + study.cells().size() + " runs are not done.");
        }
    }

    private void undefined(List<String> sentences) {
        Map<String, List<ReportedCell>> undefined = new LinkedHashMap<>();
        for (ReportedCell cell : study.cells()) {
            cell.run().scores().forEach(score -> {
                if (score instanceof Undefined) {
                    undefined
                            .computeIfAbsent(score.metric(), key -> new ArrayList<>())
                            .add(cell);
                }
            });
        }
        undefined.forEach((metric, cells) -> {
            String where = study.label(cells);
            sentences.add(metric + (where.isEmpty() ? "" : " of " + where) + ": undefined, the results say why.");
        });
    }

    private void seeds(List<String> sentences) {
        Set<String> varied = new LinkedHashSet<>();
        study.cells()
                .forEach(cell ->
                        cell.cell().seeds().stream().map(Coordinate::axis).forEach(varied::add));
        boolean isTrained = study.cells().stream()
                .flatMap(cell -> cell.run().trainings().stream())
                .anyMatch(training -> training.unit().startsWith("target"));
        if (isTrained && !varied.contains("seeds.training")) {
            sentences.add("How much another training of the target would change: there is one seed of training.");
        }
        if (isMeasured(Subject.ATTACK) && !varied.contains("seeds.attack")) {
            sentences.add("How much another attack from other draws would change: there is one seed of the attack.");
        }
    }

    private void nulls(List<String> sentences) {
        boolean lacksOne = plans().stream()
                .anyMatch(plan -> !plan.attack().isEmpty() && plan.controls().isEmpty());
        if (lacksOne && isMeasured(Subject.ATTACK)) {
            sentences.add("What the prior alone would score: no null was measured (controls: [ best-of-n, real ] do).");
        }
    }

    private void judges(List<String> sentences) {
        Set<Set<String>> judges = new LinkedHashSet<>();
        plans().forEach(plan -> judges.add(plan.evaluation().keySet()));
        boolean isReconstructed =
                plans().stream().anyMatch(plan -> !plan.attack().isEmpty());
        if (isReconstructed && isMeasured(Subject.ATTACK) && judges.stream().allMatch(names -> names.size() == 1)) {
            sentences.add("What another judge would recognise: there is one evaluation model.");
        }
    }

    /** By a share of the target's that is better the higher it is. */
    private boolean isUtilityMeasured() {
        return study.cells().stream()
                .flatMap(cell -> cell.run().scores().stream())
                .filter(score -> score instanceof Measured)
                .map(Measured.class::cast)
                .filter(measured -> measured.subject() == Subject.TARGET)
                .flatMap(measured -> measured.figures().stream())
                .anyMatch(figure ->
                        figure.better() == Better.HIGHER && figure.unit().equals("fraction"));
    }

    private void utility(List<String> sentences) {
        boolean isDefended = plans().stream()
                .flatMap(plan -> plan.targets().values().stream())
                .anyMatch(target -> !target.defense().isEmpty());
        if (isDefended && !isUtilityMeasured()) {
            sentences.add(
                    "What the defense costs: no metric has measured how good the target is (test-accuracy does).");
        }
    }
}
