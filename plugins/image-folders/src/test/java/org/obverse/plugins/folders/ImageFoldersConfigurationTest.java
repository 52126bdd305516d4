package org.obverse.plugins.folders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Plugin;
import org.obverse.api.plugin.Problem;

class ImageFoldersConfigurationTest {
    private static final List<Component<?, ?>> COMPONENTS = new ImageFoldersPlugin().components();

    @Test
    void the_service_loader_finds_the_data_sets() {
        Plugin plugin = ServiceLoader.load(Plugin.class).iterator().next();

        assertInstanceOf(ImageFoldersPlugin.class, plugin);
        assertEquals(
                List.of("image-folder", "facescrub", "celeba", "stanford-dogs"),
                plugin.components().stream().map(Component::name).toList());
        plugin.components().forEach(component -> assertEquals(Kind.DATASET, component.kind()));
    }

    @Test
    void the_defaults_have_no_problem() {
        for (Component<?, ?> component : COMPONENTS) {
            assertEquals(List.of(), ((Checked) component.defaults()).check());
        }
    }

    @Test
    void the_splits_of_the_reference_are_the_defaults() {
        assertEquals(42, FaceScrubConfiguration.DEFAULT.splitSeed());
        assertEquals(42, CelebaConfiguration.DEFAULT.splitSeed());
        assertEquals(42, StanfordDogsConfiguration.DEFAULT.splitSeed());
        assertEquals(1000, CelebaConfiguration.DEFAULT.identities());
        assertEquals(new Shares(0.9, 0), Shares.DEFAULT);
    }

    @Test
    void every_key_has_a_meaning() {
        for (Component<?, ?> component : COMPONENTS) {
            everyKeyOf(component.configurationType());
        }
    }

    private static void everyKeyOf(Class<?> record) {
        for (RecordComponent key : record.getRecordComponents()) {
            assertNotNull(key.getAnnotation(Meaning.class), record + " " + key.getName());
            if (key.getType().isRecord()) {
                everyKeyOf(key.getType());
            }
        }
    }

    @Test
    void all_problems_are_reported_at_once() {
        CelebaConfiguration wrong = new CelebaConfiguration(
                "", 1, 42, new Shares(1, -1), new PublicImages("x", -1), new Framing(-1, 0, Framing.Fit.BOTH_SIDES, 3));

        assertEquals(
                List.of(
                        "folder",
                        "split.training-share",
                        "split.training-per-class",
                        "public-images.most",
                        "image.crop",
                        "image.size",
                        "identities"),
                wrong.check().stream().map(Problem::path).toList());
    }
}
