package org.obverse.cli;

import java.io.PrintWriter;
import java.util.List;
import org.obverse.cli.audit.AuditPlan;
import org.obverse.engine.graph.CancelledException;
import org.obverse.engine.plan.Study;
import org.obverse.engine.plugin.Registry;
import org.obverse.engine.study.Setting;
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

    @Option(
            names = "--dry-run",
            description =
                    "Only check the plan; write and run nothing. Ends with 2 if files that it names are missing, too.")
    private boolean dryRun;

    Integer call(CommandSpec spec) {
        return call(spec, "", List.of());
    }

    /**
     * @param behind the plan's name in that of the run, unless the user gives one
     * @param changes overrides that come after the user's
     */
    Integer call(CommandSpec spec, String behind, List<String> changes) {
        return call(spec, behind, changes, (planned, registry, rehearsal) -> planned);
    }

    /** What a command makes of the plan that it is given. */
    @FunctionalInterface
    interface Composition {
        /**
         * @param rehearsal finds what only data and networks tell
         */
        Study of(Study planned, Registry registry, AuditPlan.Rehearsal rehearsal);

        /** The run is over, and was not interrupted. */
        default void ended(Study study, Setting setting, Session session) {}
    }

    /** As above, of another study than the plan's own. */
    Integer call(CommandSpec spec, String behind, List<String> changes, Composition composition) {
        if ((dryRun || listCells) && view.isGiven()) {
            throw new ParameterException(
                    spec.commandLine(),
                    (dryRun ? "--dry-run" : "--list-cells") + " runs nothing, so there is no run for --view");
        }
        Registry registry = plan.registry();
        Study planned = plan.study(registry, spec, behind, changes);
        Session session = plan.session(registry, spec).shown(view);
        try {
            Study study = composition.of(
                    planned, registry, listCells ? cells -> {} : cells -> session.rehearse(cells, plan.setting()));
            plan.requireAllowed(study);
            return listCells
                    ? list(study, spec)
                    : run(study, session, composition).code();
        } catch (CancelledException e) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("Interrupted.");
            err.flush();
            return Exit.INTERRUPTED.code();
        }
    }

    private static int list(Study study, CommandSpec spec) {
        PrintWriter out = spec.commandLine().getOut();
        study.cells().forEach(cell -> out.println(cell.name()));
        out.flush();
        return Exit.DONE.code();
    }

    private Exit run(Study study, Session session, Composition composition) {
        if (dryRun) {
            return session.check(study, plan.setting());
        }
        Exit exit = session.run(study, plan.setting());
        if (exit != Exit.INTERRUPTED) {
            composition.ended(study, plan.setting(), session);
        }
        return exit;
    }
}
