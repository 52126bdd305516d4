package org.obverse.plugins.folders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;

@Timeout(60)
final class WalkTest {
    @TempDir
    private Path folder = Path.of("");

    private List<String> pictures() {
        Walk walk = new Walk(new Place("folder", folder));
        List<String> found = walk.pictures(folder).stream()
                .map(picture -> Names.shown(folder.relativize(picture)))
                .toList();
        walk.refuse();
        return found;
    }

    private List<String> problems() {
        return assertThrows(InvalidConfigurationException.class, this::pictures).problems().stream()
                .map(Problem::toString)
                .toList();
    }

    private String shown(String name) {
        return "folder: " + Names.shown(folder.resolve(name));
    }

    private static void run(String... command) throws IOException, InterruptedException {
        assertEquals(0, new ProcessBuilder(command).start().waitFor());
    }

    @Test
    void pictures_are_in_the_order_of_torchvision() {
        Album album = new Album(folder);
        for (String name : List.of("b/1", "a/b/1", "a-b/1", "a/2", "Z/1", "🙂/1", "\uFF21/1", "2", "10")) {
            album.picture(name + ".png", 1);
        }

        assertEquals(
                List.of(
                        "10.png",
                        "2.png",
                        "Z/1.png",
                        "a/2.png",
                        "a-b/1.png",
                        "a/b/1.png",
                        "b/1.png",
                        "\uFF21/1.png",
                        "🙂/1.png"),
                pictures());
    }

    @Test
    void a_link_to_its_own_folder_is_refused() throws IOException {
        new Album(folder).picture("a/1.png", 1);
        Files.createSymbolicLink(folder.resolve("a/self"), Path.of("."));

        assertEquals(
                List.of(shown("a/self") + " is a link to a folder that is looked through already, as "
                        + Names.shown(folder.resolve("a")) + "; remove the link"),
                problems());
    }

    @Test
    void two_links_to_each_others_folders_end() throws IOException {
        new Album(folder).picture("a/1.png", 1).picture("b/1.png", 1);
        Files.createSymbolicLink(folder.resolve("a/there"), folder.resolve("b"));
        Files.createSymbolicLink(folder.resolve("b/back"), folder.resolve("a"));

        assertEquals(2, problems().size());
    }

    @Test
    void a_link_to_pictures_elsewhere_is_followed() throws IOException {
        new Album(folder.resolve(".elsewhere")).person("p", 2, 1);
        Files.createSymbolicLink(folder.resolve("q"), folder.resolve(".elsewhere/p"));
        Files.createSymbolicLink(folder.resolve("9.png"), folder.resolve(".elsewhere/p/0.png"));

        assertEquals(List.of("9.png", "q/0.png", "q/1.png"), pictures());
    }

    @Test
    void pipes_devices_and_links_to_nothing_are_named_and_never_opened() throws Exception {
        run(
                "mkfifo",
                folder.resolve("pipe.png").toString(),
                folder.resolve("no picture").toString());
        Files.createSymbolicLink(folder.resolve("endless.jpg"), Path.of("/dev/zero"));
        Files.createSymbolicLink(folder.resolve("gone"), folder.resolve("nowhere"));

        List<String> problems = problems();

        assertEquals(3, problems.size());
        String pipe = " is neither a file nor a folder, but a pipe, a socket or a device; remove it";
        assertTrue(problems.contains(shown("endless.jpg") + pipe), problems::toString);
        assertTrue(problems.contains(shown("pipe.png") + pipe), problems::toString);
        assertTrue(
                problems.contains(shown("gone") + " is a link to nothing; put back what it leads to, or remove it"),
                problems::toString);
    }

    @Test
    void a_name_that_is_no_text_is_refused() throws Exception {
        run("sh", "-c", "cd \"$0\" && touch \"$(printf 'J\\374rgen.png')\"", folder.toString());

        String problem = problems().get(0);

        assertTrue(problem.contains("J\uFFFDrgen.png has a name that is no text in UTF-8"), problem);
        assertTrue(problem.contains("LC_ALL=C.UTF-8"), problem);
    }
}
