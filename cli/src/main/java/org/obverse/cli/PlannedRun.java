package org.obverse.cli;

import java.io.PrintWriter;
import java.util.List;
import org.obverse.engine.plan.Study;
import org.obverse.engine.plugin.Registry;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** A plan, and what is to become of it: all that commands which run one have in common. */
final class PlannedRun {
    @Mixin
    private VariedPlan plan = new VariedPlan();

    @Mixin
    private ViewOption view = new ViewOption();

    @Option(names = "--list-cells", description = "Only print the names of the cells; check and run nothing.")
    private boolean listCells;

    @Option(names = "--dry-run", description = "Only check the plan; write and run nothing.")
    private boolean dryRun;

    Integer call(CommandSpec spec) {
        return call(spec, "", List.of());
    }

    /**
     * @param behind the plan's name in that of the run, unless the user gives one
     * @param changes overrides that come after the user's
     */
    Integer call(CommandSpec spec, String behind, List<String> changes) {
        if ((dryRun || listCells) && view.isGiven()) {
            throw new ParameterException(
                    spec.commandLine(),
                    (dryRun ? "--dry-run" : "--list-cells") + " runs nothing, so there is no run for --view");
        }
        Registry registry = plan.registry();
        Study study = plan.study(registry, spec, behind, changes);
        if (listCells) {
            PrintWriter out = spec.commandLine().getOut();
            study.cells().forEach(cell -> out.println(cell.name()));
            out.flush();
            return Exit.DONE.code();
        }
        Session session = plan.session(registry, spec).shown(view);
        return (dryRun ? session.check(study, plan.setting()) : session.run(study, plan.setting())).code();
    }
}
