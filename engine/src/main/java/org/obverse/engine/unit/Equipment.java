package org.obverse.engine.unit;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import org.obverse.api.random.RandomStream;
import org.obverse.engine.lend.ComponentResources;
import org.obverse.engine.lend.Supervision;
import org.obverse.engine.plan.Components;
import org.obverse.engine.plan.PlannedComponent;
import org.obverse.engine.plugin.EngineCode;
import org.obverse.engine.random.CounterStream;
import org.obverse.engine.torch.TorchRuntime;

/**
 * What all units of a study work with.
 *
 * @param manager of what components keep, closed at the study's end
 * @param base the folder to which file names in plans are relative
 * @param supervision of what components do to many files
 */
public record Equipment(
        TorchRuntime torch,
        Components components,
        EngineCode engine,
        NDManager manager,
        Path base,
        FileHashes files,
        Supervision supervision) {
    ComponentResources resources(PlannedComponent<?> chosen, long seed, String path) {
        return new ComponentResources(
                torch, manager, components, base, stream(seed, path).child("component"), chosen.plugin(), supervision);
    }

    /** The stream of a role, such as {@code target}: all that fill it draw the same. */
    public static RandomStream stream(long seed, String role) {
        return CounterStream.of(seed).child(role);
    }
}
