package org.obverse.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** What the README shows to be typed and where it points can be typed and is there. */
final class ReadmePlansTest {
    private static final Path REPOSITORY = Path.of("..");
    private static final Pattern WORD = Pattern.compile("(?:[^\\s'\"#]|'[^']*'|\"[^\"]*\")+|#.*");

    @TempDir
    private Path folder = Path.of("");

    private static String readme() {
        return assertDoesNotThrow(() -> Files.readString(REPOSITORY.resolve("README.md")));
    }

    private static List<String> found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private static List<String> blocks(String language) {
        return found("(?sm)^```" + language + "\n(.*?)^```$", readme());
    }

    /** Those that are no part of one. */
    static List<String> plans() {
        return blocks("yaml").stream()
                .filter(block -> block.startsWith("name:"))
                .toList();
    }

    /** In blocks by the line, in sentences between backticks; with what is said of it. */
    static List<String> commands() {
        List<String> commands = new ArrayList<>();
        blocks("sh").forEach(block -> commands.addAll(found("(?m)^\\$?cli/obverse (.*)$", block)));
        commands.addAll(found("`cli/obverse ([^`\n]+)`", readme()));
        return commands;
    }

    private static List<String> words(String command) {
        return WORD.matcher(command)
                .results()
                .map(MatchResult::group)
                .takeWhile(word -> !word.startsWith("#") && !word.equals(">"))
                .map(word -> word.replaceAll("['\"]", ""))
                .toList();
    }

    @Test
    void there_is_something_to_look_at() {
        assertEquals(1, plans().size());
        assertTrue(commands().size() > 30, commands().toString());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void a_command_and_its_options_exist(String command) {
        ParseResult parsed = assertDoesNotThrow(
                () -> Main.commandLine().parseArgs(words(command).toArray(String[]::new)));
        while (parsed.hasSubcommand()) {
            parsed = parsed.subcommand();
        }
        CommandLine.Model.CommandSpec last = parsed.commandSpec();

        for (String option : found("(?<=[#;,] )(--[a-z-]+)", command.replaceFirst("^[^#]*", ""))) {
            assertNotNull(last.findOption(option), last.qualifiedName() + " has no " + option);
        }
    }

    @ParameterizedTest
    @MethodSource("plans")
    void a_whole_plan_can_be_run_as_it_is_and_as_the_commands_below_it_change_it(String plan) throws IOException {
        String name = found("^name: (\\S+)", plan).get(0) + ".yaml";
        Path file = Files.writeString(folder.resolve(name), plan);
        List<String> runs = commands().stream()
                .filter(command -> command.matches("(run|ablate) " + name + ".*")
                        && !command.matches(".*(--plugins DIR|use=my-plugin).*"))
                .toList();

        assertTrue(runs.size() > 1, runs.toString());
        for (String run : runs) {
            List<Object> words = new ArrayList<>(words(run));
            words.removeIf(word -> word.equals("--view") || word.equals("--dry-run"));
            words.replaceAll(word -> word.equals(name) ? file : word);
            words.addAll(List.of("--runs", folder.resolve("runs"), "--dry-run"));
            Invocation dry = Invocation.of(words.toArray());

            assertEquals(0, dry.code(), run + "\n" + dry.err());
        }
    }

    @Test
    void every_plan_that_it_names_is_there() throws IOException {
        List<String> named = found("(?<![\\w/.-])((?:cli/plans/|benchmark/|paper/)[\\w/*-]+\\.yaml)", readme());

        assertTrue(named.size() > 15, named.toString());
        try (Stream<Path> files = Files.walk(Path.of("plans"))) {
            List<Path> there = files.toList();
            for (String name : named) {
                PathMatcher plan =
                        FileSystems.getDefault().getPathMatcher("glob:plans/" + name.replaceFirst("^cli/plans/", ""));
                assertTrue(there.stream().anyMatch(plan::matches), name);
            }
        }
    }

    @Test
    void every_folder_of_a_plugin_that_it_names_is_there() {
        List<String> named = found("(?<![\\w/])plugins/([a-z0-9-]+)", readme());

        assertTrue(named.size() > 2, named.toString());
        named.forEach(name ->
                assertTrue(Files.isDirectory(REPOSITORY.resolve("plugins").resolve(name)), name));
    }
}
