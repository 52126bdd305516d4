package org.obverse.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.cli.report.study.ReportedStudy;
import org.obverse.engine.artifact.ArtifactStore;

final class CellLabelsTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void cells_are_named_by_the_values_that_they_alone_have() {
        assertEquals("alpha 0.1", label(0, 1));
        assertEquals("training 1", label(0, 2, 4));
        assertEquals("alpha 0.1 and -0.05", label(0, 1, 4, 5));
        assertEquals("alpha 0.1 and -0.05, training 2", label(1, 5));
        assertEquals("all runs", label(0, 1, 2, 3, 4, 5));
    }

    @Test
    void cells_that_no_values_tell_from_others_are_named_one_by_one() {
        assertEquals("alpha 0.1, training 1; alpha 0, training 2", label(0, 3));
    }

    private String label(int... some) {
        try (NDManager manager = NDManager.newBaseManager()) {
            String axes = "study: { axes: { target.defense.0.alpha: [0.1, 0, -0.05], seeds.training: [1, 2] } }\n";
            ReportedStudy study = ReportedStudy.read(
                    WrittenStudy.of(WrittenStudy.PLAN + axes, folder, manager).study(),
                    folder,
                    new ArtifactStore(folder.resolve("objects")),
                    manager);
            return study.label(IntStream.of(some).mapToObj(study.cells()::get).toList());
        }
    }
}
