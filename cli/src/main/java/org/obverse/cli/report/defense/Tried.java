package org.obverse.cli.report.defense;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.obverse.api.metric.Measurement.Better;
import org.obverse.cli.figure.ValueFormat;
import org.obverse.cli.report.study.Setting;
import org.obverse.cli.report.study.Setting.Estimated;
import org.obverse.engine.plan.Threat;

/**
 * An attack that was finished and judged.
 *
 * @param setting its cells
 * @param threats what it is to its target
 * @param found the study's main figure
 */
public record Tried(Setting setting, Set<Threat> threats, Estimated found) {
    public Tried {
        threats = Set.copyOf(threats);
    }

    double mean() {
        return found.estimate().mean();
    }

    /** 1 where more of the figure is a stronger attack, -1 where less is. */
    int sign() {
        return found.figure().figure().better() == Better.LOWER ? -1 : 1;
    }

    /** The setting, or the attack where that is the study's only one. */
    String name() {
        return setting.label().isEmpty()
                ? setting.cells().get(0).cell().plan().attack().get(0).recipe().name()
                : setting.label();
    }

    /** In the order of severity, such as {@code white-box, adapted}. */
    String manner() {
        return threats.isEmpty()
                ? "asks the target nothing"
                : threats.stream().sorted().map(Threat::label).collect(Collectors.joining(", "));
    }

    /** Such as {@code 46.7 % [40.1, 53.2]}. */
    String value() {
        ValueFormat format = ValueFormat.of(found.figure().figure().unit(), List.of(mean()));
        return (format.withSign(mean()) + " " + found.estimate().interval(format)).strip();
    }
}
