package org.obverse.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
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
            paramLabel = "KEY=VALUE",
            description =
                    "Replace a key of the plan, such as @|bold target.defense.0.alpha=-0.1|@; the value is YAML. Repeatable.")
    private List<String> overrides = new ArrayList<>();

    @Mixin
    private DeviceOption device = new DeviceOption();

    /** Overrides for the plan's reader; name and device are among them. */
    List<String> overrides() {
        List<String> all = new ArrayList<>(overrides);
        if (!name.isEmpty()) {
            all.add("name=\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\"");
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
