package org.obverse.engine.drive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.obverse.api.event.Summary;
import org.obverse.api.event.UnitName;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.artifact.Artifact;
import org.obverse.engine.artifact.ArtifactStore.Content;
import org.obverse.engine.graph.Codec;
import org.obverse.engine.graph.Ingredients;
import org.obverse.engine.graph.Input;
import org.obverse.engine.graph.Inputs;
import org.obverse.engine.graph.Known;
import org.obverse.engine.graph.Lifetime;
import org.obverse.engine.graph.Unit;
import org.obverse.engine.graph.UnitContext;

/** A kind of unit of its own, in one class: a word made of the words that it reads. */
record Word(UnitName name, String letters, List<Input<?>> inputs, Work work, Runnable opened) implements Unit<String> {
    /** What happens while the word is made. */
    @FunctionalInterface
    interface Work {
        void run(UnitContext context) throws Exception;
    }

    static Word of(String slot, String letters, Input<?>... inputs) {
        return new Word(new UnitName(slot, 0, List.of()), letters, Arrays.asList(inputs), context -> {}, () -> {});
    }

    Word doing(Work other) {
        return new Word(name, letters, inputs, other, opened);
    }

    Word opening(Runnable other) {
        return new Word(name, letters, inputs, work, other);
    }

    @Override
    public String component() {
        return "word";
    }

    @Override
    public Ingredients ingredients() {
        return new Ingredients(
                Map.of("slot", name.slot(), "letters", letters, Ingredients.BATCH, "8"), Map.of("engine", "1"));
    }

    @Override
    public List<Problem> check(Known known) {
        return List.of();
    }

    @Override
    public String perform(Inputs opened, UnitContext context) throws Exception {
        work.run(context);
        List<String> words = new ArrayList<>();
        inputs.forEach(input -> words.add(String.valueOf(opened.get(input))));
        return String.join("", words) + letters;
    }

    @Override
    public Codec<String> codec() {
        return new Codec<>() {
            @Override
            public Content encode(String product) {
                return Content.of(product.getBytes(StandardCharsets.UTF_8));
            }

            @Override
            public Summary summary(String product) {
                return new Summary(Map.of("length", (double) product.length()), Map.of(), List.of());
            }

            @Override
            public String decode(Artifact artifact, Inputs read, Lifetime lifetime) {
                opened.run();
                try {
                    return Files.readString(artifact.file());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
    }
}
