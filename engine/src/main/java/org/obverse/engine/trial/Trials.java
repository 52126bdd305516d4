package org.obverse.engine.trial;

import ai.djl.ndarray.NDManager;
import com.google.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Stream;
import org.obverse.engine.artifact.ArtifactStore;
import org.obverse.engine.blueprint.Blueprint;
import org.obverse.engine.drive.ProductStore;
import org.obverse.engine.lend.Supervision;
import org.obverse.engine.plan.Components;
import org.obverse.engine.plan.Study;
import org.obverse.engine.plugin.EngineCode;
import org.obverse.engine.plugin.Registry;
import org.obverse.engine.torch.TorchRuntime;
import org.obverse.engine.unit.Equipment;
import org.obverse.engine.unit.FileHashes;

/** Puts the units of a study on trial, in a temporary folder that is gone afterwards. */
public final class Trials {
    private final TorchRuntime torch;
    private final Registry registry;
    private final EngineCode engine;

    @Inject
    Trials(TorchRuntime torch, Registry registry, EngineCode engine) {
        this.torch = torch;
        this.registry = registry;
        this.engine = engine;
    }

    /**
     * Opens the units for as long as they are tried.
     *
     * @param base the folder to which file names in the plan are relative
     * @param cancelled ends the work at the next checkpoint once true
     * @return what {@code work} returns
     * @throws org.obverse.engine.graph.CancelledException if it was ended before that
     * @throws org.obverse.api.plugin.InvalidConfigurationException with every problem of every cell, missing files among them
     */
    public <T> T of(Study study, Path base, AtomicBoolean cancelled, Function<Trial, T> work) {
        Path folder = folder();
        try (NDManager manager = torch.manager().newSubManager()) {
            Equipment equipment = new Equipment(
                    torch,
                    new Components(registry),
                    engine,
                    manager,
                    base,
                    new FileHashes(base),
                    new Supervision(cancelled, progress -> {}));
            Blueprint blueprint = new Blueprint(study, equipment);
            blueprint.findings().requireNothing();
            int batch = study.cells().get(0).plan().execution().batch();
            try (Trial trial = new Trial(
                    blueprint.graph(),
                    new ProductStore(new ArtifactStore(folder)),
                    torch.threads("worker"),
                    cancelled,
                    batch)) {
                return work.apply(trial);
            }
        } finally {
            remove(folder);
        }
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("obverse-trial");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a temporary folder", e);
        }
    }

    private static void remove(Path folder) {
        try (Stream<Path> found = Files.walk(folder)) {
            List<Path> deepestFirst = found.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove the temporary folder " + folder, e);
        }
    }
}
