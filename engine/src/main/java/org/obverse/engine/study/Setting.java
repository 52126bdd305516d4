package org.obverse.engine.study;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.obverse.engine.artifact.ArtifactStore;

/**
 * Where and how a study is run.
 *
 * @param runs the folder of all runs
 * @param base the folder to which file names in the plan are relative
 * @param acceptChanged ids of plugins whose finished units are kept although their code changed since; {@code
 *     engine} for the engine itself, {@code libtorch} for the native library
 * @param worker the command of a worker, as {@link org.obverse.api.place.PlaceContext#worker} describes it; empty if there is none
 */
public record Setting(Path runs, Path base, Set<String> acceptChanged, List<String> worker) {
    public Setting {
        worker = List.copyOf(worker);
    }

    /** Without workers in other processes. */
    public Setting(Path runs, Path base, Set<String> acceptChanged) {
        this(runs, base, acceptChanged, List.of());
    }

    /** With the command of a process that calls {@link Runs#work} for the same study. */
    public Setting with(List<String> command) {
        return new Setting(runs, base, acceptChanged, command);
    }

    /** Where the artifacts of all runs lie. */
    public ArtifactStore artifacts() {
        return new ArtifactStore(runs.resolve("objects"));
    }
}
