package org.obverse.plugins.torchscript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Pass;
import org.obverse.api.plugin.NameOrIndex;
import org.obverse.api.plugin.NameOrIndex.Index;
import org.obverse.api.plugin.NameOrIndex.Name;
import org.obverse.api.tensor.Gradients.Recording;
import org.obverse.testkit.Workbench;
import org.obverse.testkit.bench.ScriptedClassifier;

/** Which of the things that a program returns are its logits. */
final class OutputTest {
    private static final Workbench BENCH = Workbench.of(OutputTest.class);
    private static final ScriptedClassifier NETWORK = ScriptedClassifier.drawn(Programs.CLASSES, BENCH.stream(3));
    private static final Name LOGITS = new Name("logits");

    @TempDir
    private Path folder = Path.of("");

    @AfterAll
    static void close() {
        BENCH.close();
    }

    private Programs programs() {
        return new Programs(folder, BENCH);
    }

    private static NDArray images() {
        float[] values = BENCH.stream(9).gaussians(2 * (int) Programs.IMAGE.size());
        return BENCH.manager()
                .create(values, new Shape(2).addAll(Programs.IMAGE))
                .tanh();
    }

    /** Whether both logits and gradients are those of the network. */
    private static void isTheNetwork(Classifier classifier) {
        try (Recording recording = BENCH.gradients().recording()) {
            NDArray images = BENCH.gradients().variable(images());
            NDArray logits =
                    classifier.forward(images, Pass.evaluation(BENCH.stream(1))).logits();
            NDArray expected = NETWORK.logits(images);
            NDArray slope = slope(logits, images);

            assertEquals(0, gap(expected, logits), 1e-6);
            assertTrue(slope.abs().max().getFloat() > 1e-4);
            assertEquals(0, gap(slope(expected, images), slope), 1e-7);
        }
    }

    private static NDArray slope(NDArray logits, NDArray images) {
        return BENCH.gradients()
                .of(logits.logSoftmax(1).get(":, 2").sum(), new NDList(images))
                .head();
    }

    private static float gap(NDArray one, NDArray other) {
        return one.sub(other).abs().max().getFloat();
    }

    private void chooses(NameOrIndex output, String type, String value) {
        isTheNetwork(programs().built(programs().returning(type, value), output));
    }

    @Test
    void the_entry_of_a_dictionary_is_named() {
        chooses(LOGITS, "Dict[str, Tensor]", "{\"aux_logits\": torch.mul(logits, -1.), \"logits\": logits}");
        chooses(LOGITS, "Dict[str, Tensor]", "{\"logits\": logits, \"aux_logits\": torch.mul(logits, -1.)}");
        chooses(
                LOGITS,
                "Dict[str, Optional[Tensor]]",
                "annotate(Dict[str, Optional[Tensor]], {\"aux\": None, \"logits\": logits})");
    }

    @Test
    void none_and_numbers_beside_the_entry_do_not_matter() {
        chooses(new Index(0), "Tuple[Tensor, NoneType]", "(logits, None)");
        chooses(new Index(1), "Tuple[int, Tensor, float]", "(3, logits, 0.5)");
        chooses(new Index(2), "Tuple[Dict[str, Tensor], str, Tensor]", "({\"x\": x}, \"x\", logits)");
        chooses(new Index(1), "List[Tensor]", "[x, logits]");
        chooses(new Index(1), "List[Optional[Tensor]]", "annotate(List[Optional[Tensor]], [None, logits])");
    }

    @Test
    void the_fields_of_a_named_tuple_have_names_and_an_order() {
        Programs programs = programs();
        Path file = programs.saved("namedtuple-none.pt");
        NDArray first = logits(programs.built(file));

        assertEquals(0, gap(first, logits(programs.built(file, LOGITS))));
        assertEquals(
                "the program's output aux is NoneType, not a tensor;"
                        + " choose another output, or save a model that returns logits",
                programs.refusal(file, new Name("aux")));
        assertEquals(
                "the program returns a named tuple without 'prediction';"
                        + " choose one of logits, aux by its name, as in output: logits",
                programs.refusal(file, new Name("prediction")));
    }

    private static NDArray logits(Classifier classifier) {
        return classifier.forward(images(), Pass.evaluation(BENCH.stream(1))).logits();
    }

    @Test
    void a_dictionary_has_no_first_entry() {
        for (String file : List.of("dict.pt", "dict-logits-second.pt")) {
            Programs programs = programs();

            assertEquals(
                    "the program returns a dictionary, whose entries have names and no order;"
                            + " choose one of features, logits by its name, as in output: logits",
                    programs.refusal(programs.saved(file)));
            assertEquals(
                    Programs.CLASSES,
                    logits(programs.built(programs.saved(file), LOGITS))
                            .getShape()
                            .get(1));
        }
    }

    @Test
    void what_is_not_there_is_refused() {
        Path one = programs().returning("Tensor", "logits");

        assertEquals(
                "the program returns one tensor, so there is no output logits; leave output out",
                programs().refusal(one, LOGITS));
        Path pair = programs().returning("Tuple[Tensor, Tensor]", "(x, logits)");
        assertEquals(
                "the program returns 2 values without names; count them from 0, as in output: 0",
                programs().refusal(pair, LOGITS));
        assertEquals(
                "the program returns 2 values, so there is no output 2; set output to at most 1",
                programs().refusal(pair, new Index(2)));
        assertEquals(
                "the program returns a dictionary without 'logits'; choose one of a, b by its name, as in output: a",
                programs().refusal(programs().returning("Dict[str, Tensor]", "{\"b\": x, \"a\": logits}"), LOGITS));
        assertEquals(
                "the program returns no tensor but Dict(int, Tensor); save a model that returns logits",
                programs().refusal(programs().returning("Dict[int, Tensor]", "{1: logits}")));
        assertEquals(
                "the program's output 0 is a collection, not a tensor;"
                        + " choose another output, or save a model that returns logits",
                programs().refusal(programs().returning("Tuple[Tuple[Tensor, int], int]", "((logits, 1), 1)")));
    }
}
