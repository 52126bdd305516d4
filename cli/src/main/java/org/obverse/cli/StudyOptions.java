package org.obverse.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.obverse.cli.progress.Printable;
import org.obverse.engine.plan.PlanReader;
import org.obverse.engine.plan.Study;
import org.obverse.engine.plugin.Registry;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Options of every command that begins a run. */
final class StudyOptions {
    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "The run's name, which is also that of its folder (default: that of the plan).")
    private String name = "";

    @Option(
            names = {"-o", "--override"},
            paramLabel = "KEY=VALUE|~KEY",
            completionCandidates = Keys.class,
            description = "Replace a key of the plan, such as @|bold target.defense.0.alpha=-0.1|@; the value is YAML."
                    + " Another component (@|bold KEY.use=NAME|@) takes the place of the former one with all of its keys in"
                    + " the plan. @|bold '~KEY'|@ drops a key, a list's item or a stage. Repeatable.")
    private List<String> overrides = new ArrayList<>();

    /** Those of a plan, ready for a value. */
    static final class Keys implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return PlanPage.paths(Registry.ofClassPath()).stream()
                    .map(key -> key + "=")
                    .iterator();
        }
    }

    @Mixin
    private DeviceOption device = new DeviceOption();

    /** A plan with its overrides; what they do beside what they say is told. */
    Study read(Path plan, Registry registry, CommandSpec command) {
        return read(plan, registry, command, "", List.of(), Integer.MAX_VALUE);
    }

    /**
     * @param usual what the run is called unless the user says otherwise; empty for the plan's own name
     * @param varied overrides that come after the user's
     * @param mostCells studies of more are refused
     */
    Study read(Path plan, Registry registry, CommandSpec command, String usual, List<String> varied, int mostCells) {
        PrintWriter err = command.commandLine().getErr();
        PlanReader reader =
                new PlanReader(registry, remark -> err.println(Printable.line("obverse: " + remark)), mostCells);
        List<String> all = new ArrayList<>();
        if (!usual.isEmpty()) {
            all.add(named(usual));
        }
        all.addAll(overrides());
        all.addAll(varied);
        Study study = reader.read(plan, all);
        err.flush();
        return study;
    }

    /** Whether an override replaces this key. */
    boolean override(String key) {
        return overrides.stream()
                .anyMatch(override -> override.split("=", 2)[0].strip().equals(key));
    }

    private static String named(String run) {
        return "name=\"" + run.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    /** Overrides for the plan's reader; name and device are among them. */
    private List<String> overrides() {
        List<String> all = new ArrayList<>(overrides);
        if (!name.isEmpty()) {
            all.add(named(name));
        }
        if (device.isGiven()) {
            all.add("execution.device=\"" + device.name() + "\"");
        }
        return all;
    }

    boolean isNamed() {
        return !name.isEmpty();
    }

    /** Of a plan file: the folder to which file names in it are relative. */
    static Path base(Path plan) {
        Path parent = plan.toAbsolutePath().normalize().getParent();
        return parent == null ? Path.of("").toAbsolutePath() : parent;
    }
}
