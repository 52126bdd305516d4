package org.obverse.plugins.processes;

import java.time.Duration;
import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;

/** The keys of {@code processes}. */
record Workers(
        @Meaning("processes, on each device") int count,

        @Meaning("devices, such as gpu:0 and gpu:1; none for the run's own")
        List<String> devices,

        @Meaning(
                "seconds after which a process is ended that works on a unit and neither reaches a checkpoint nor tells progress")
        int silence)
        implements Checked {
    static final Workers DEFAULT = new Workers(2, List.of(), 1800);

    Workers {
        devices = List.copyOf(devices);
    }

    Duration patience() {
        return Duration.ofSeconds(silence);
    }

    @Override
    public List<Problem> check() {
        Problems problems = new Problems().atLeast(1, "count", count).atLeast(1, "silence", silence);
        for (int i = 0; i < devices.size(); i++) {
            problems.require(
                    devices.get(i).matches("cpu|gpu(:\\d{1,4})?") && devices.indexOf(devices.get(i)) == i,
                    "devices." + i,
                    "'" + devices.get(i) + "' is not a device of its own",
                    "use cpu, gpu, gpu:1, …, each once; count says how many processes each has");
        }
        return problems.list();
    }
}
