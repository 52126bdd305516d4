package org.obverse.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.plan.PlanReader;
import org.obverse.engine.plan.Study;
import org.obverse.engine.plugin.Registry;
import org.obverse.engine.study.Setting;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** A plan that the command line may vary, the plugins that it needs, and the folder of its run. */
final class VariedPlan {
    @Parameters(paramLabel = "PLAN", description = "A plan file (YAML).")
    private Path plan = Path.of("");

    @Mixin
    private RunsOption runs = new RunsOption();

    @Mixin
    private PluginsOption plugins = new PluginsOption();

    @Mixin
    private StudyOptions options = new StudyOptions();

    @Option(
            names = "--axis",
            paramLabel = "KEY=VALUE,VALUE",
            description = "Run one cell per value, as an axis of the plan's study does, such as"
                    + " @|bold target.defense.0.alpha=0.1,0,-0.05|@. Repeatable: one cell per combination.")
    private List<String> axes = new ArrayList<>();

    @Option(
            names = "--max-cells",
            paramLabel = "COUNT",
            description = "Refuse a study of more cells (default: no limit).")
    private int maxCells = Integer.MAX_VALUE;

    Registry registry() {
        return plugins.registry();
    }

    /**
     * @param behind the plan's name in that of the run, unless the user gives one
     * @param changes overrides that come after the user's
     */
    Study study(Registry registry, CommandSpec spec, String behind, List<String> changes) {
        if (maxCells < 1) {
            throw new ParameterException(spec.commandLine(), "--max-cells: a study has at least one cell");
        }
        String usual = behind.isEmpty() ? "" : PlanReader.name(plan) + behind;
        List<String> varied = new ArrayList<>();
        axes.forEach(axis -> varied.add(axis(axis)));
        varied.addAll(changes);
        return options.read(plan, registry, spec, usual, varied, maxCells);
    }

    /**
     * Of a study that a command makes of the plan.
     *
     * @throws InvalidConfigurationException if it has more cells than the user allows
     */
    void requireAllowed(Study study) {
        if (study.cells().size() > maxCells) {
            throw new InvalidConfigurationException(new Problem(
                    "study",
                    "makes %d cells, more than %d".formatted(study.cells().size(), maxCells),
                    "allow more with --max-cells"));
        }
    }

    Setting setting() {
        return new Setting(runs.folder(), StudyOptions.base(plan), Set.of());
    }

    Session session(Registry registry, CommandSpec spec) {
        return new Session(registry, spec, plugins);
    }

    private String axis(String text) {
        VariedKey axis = VariedKey.of(text, "--axis");
        if (options.override(axis.key())) {
            throw new InvalidConfigurationException(new Problem(
                    "--axis " + axis.key(),
                    "-o gives this key one value, which the axis would replace",
                    "drop one of the two"));
        }
        return axis.axis();
    }
}
