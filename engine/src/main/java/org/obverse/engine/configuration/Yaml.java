package org.obverse.engine.configuration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.configuration.Node.Blank;
import org.obverse.engine.configuration.Node.Mapping;
import org.obverse.engine.configuration.Node.Scalar;
import org.obverse.engine.configuration.Node.Sequence;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/**
 * Reads and writes plan text (YAML 1.2 without aliases and duplicate keys). Quoted numbers are text; {@code yes}, {@code
 * on} and the like are text too.
 */
public final class Yaml {
    private static final YAMLFactory FACTORY = YAMLFactory.builder().build();

    /** Of mappings and lists in each other; so is everything that walks a tree safe from running out of stack. */
    public static final int DEEPEST = 64;

    private static final int LONGEST_NUMBER = 100;

    /** The parser's time grows with the square of it. */
    private static final int LONGEST_LINE = 300_000;

    private final JsonParser parser;
    private final String source;
    private final List<Problem> problems = new ArrayList<>();

    private Yaml(JsonParser parser, String source) {
        this.parser = parser;
        this.source = source;
    }

    /**
     * Reads one value.
     *
     * @param source what the text is, for messages
     * @throws InvalidConfigurationException if the text is not YAML, uses aliases, or gives a key twice
     */
    public static Node read(String text, String source) {
        Reading reading = reading(text, source);
        if (!reading.problems().isEmpty()) {
            throw new InvalidConfigurationException(reading.problems());
        }
        return reading.node();
    }

    /**
     * A value that was read although something is wrong with its text.
     *
     * @param node without what could not be read: a value is blank, of two equal keys the first is kept
     * @param problems each with the path and line of what is wrong; none if the value is whole
     */
    public record Reading(Node node, List<Problem> problems) {
        public Reading {
            problems = List.copyOf(problems);
        }
    }

    /**
     * Reads one value as far as it can be read.
     *
     * @throws InvalidConfigurationException if the text is not YAML, with what was found before
     */
    public static Reading reading(String text, String source) {
        refuseLongLines(text, source);
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            Yaml yaml = new Yaml(parser, source);
            Node node = yaml.next().isEmpty() ? new Blank(1) : yaml.value("", 1, 0);
            if (yaml.next().isPresent()) {
                yaml.problem("", parser.currentTokenLocation().getLineNr(), "a second document begins", "keep one");
            }
            return new Reading(node, yaml.problems);
        }
    }

    private static void refuseLongLines(String text, String source) {
        int line = 1;
        int begin = 0;
        for (int end = text.indexOf('\n'); begin < text.length(); end = text.indexOf('\n', begin), line++) {
            int length = (end < 0 ? text.length() : end) - begin;
            if (length > LONGEST_LINE) {
                throw new InvalidConfigurationException(new Problem(
                        source,
                        line,
                        "a line of " + length + " characters is not read",
                        "break it into lines of at most " + LONGEST_LINE));
            }
            begin += length + 1;
        }
    }

    /** Nothing at the end of the text. */
    private Optional<JsonToken> next() {
        try {
            return Optional.ofNullable(parser.nextToken());
        } catch (JacksonException e) {
            problems.add(notYaml(e));
            throw new InvalidConfigurationException(problems);
        }
    }

    private Problem notYaml(JacksonException e) {
        List<String> said = e.getOriginalMessage()
                .lines()
                .map(String::strip)
                .filter(line -> line.matches("(expected|found|could not|mapping|block|while|duplicate).*"))
                .toList();
        String reason = said.isEmpty() ? e.getOriginalMessage().strip() : said.get(said.size() - 1);
        return new Problem(
                source,
                Math.max(
                        0,
                        Optional.ofNullable(e.getLocation())
                                .orElseGet(parser::currentLocation)
                                .getLineNr()),
                "this is not YAML: " + reason,
                "look at indentation, brackets and quotes on this line and the one before");
    }

    /**
     * @param depth of the mappings and lists around it
     */
    private Node value(String path, int line, int depth) {
        JsonToken token = parser.currentToken();
        if (token.isStructStart() && depth == DEEPEST) {
            problems.add(new Problem(
                    source,
                    parser.currentTokenLocation().getLineNr(),
                    "lists and keys lie more than " + DEEPEST + " deep in each other",
                    "look at the brackets and the indentation above this line"));
            throw new InvalidConfigurationException(problems);
        }
        if (token == JsonToken.START_OBJECT) {
            return mapping(path, line, depth + 1);
        }
        if (token == JsonToken.START_ARRAY) {
            return sequence(path, line, depth + 1);
        }
        if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
            problem(path, line, "aliases (*" + parser.getString() + ") are not read", "write the value out");
            return new Blank(line);
        }
        if (token.isNumeric() && parser.getStringLength() > LONGEST_NUMBER) {
            problem(
                    path,
                    line,
                    "a number of " + parser.getStringLength() + " characters is not read",
                    "write one of at most " + LONGEST_NUMBER + ", or put it in quotes if it is meant as text");
            return new Blank(line);
        }
        try {
            return scalar(token, line);
        } catch (JacksonException e) {
            // Of a tag: '!!float few'.
            problem(path, line, "'" + parser.getString() + "' is no number", "write one, or no tag (!!) before it");
            return new Blank(line);
        }
    }

    private Node scalar(JsonToken token, int line) {
        return switch (token) {
            case VALUE_NULL -> new Blank(line);
            case VALUE_TRUE -> new Scalar(true, line);
            case VALUE_FALSE -> new Scalar(false, line);
            case VALUE_NUMBER_INT -> new Scalar(Decimal.normal(parser.getNumberValue()), line);
            case VALUE_NUMBER_FLOAT -> new Scalar(parser.getDoubleValue(), line);
            default -> parser.getString().equals("~") ? new Blank(line) : new Scalar(parser.getString(), line);
        };
    }

    private Mapping mapping(String path, int line, int depth) {
        Map<String, Node> entries = new LinkedHashMap<>();
        while (next().filter(token -> token != JsonToken.END_OBJECT).isPresent()) {
            String key = parser.currentName();
            int keyLine = parser.currentTokenLocation().getLineNr();
            next();
            if (key.isBlank()) {
                problem(path, keyLine, "a key is empty", "name it, or remove it with its value");
            }
            String below = path.isEmpty() ? key : path + "." + key;
            Node value = value(below, keyLine, depth);
            if (!key.isBlank() && entries.putIfAbsent(key, value) != null) {
                problem(below, keyLine, "the key is given twice", "keep one of the two");
            }
        }
        return new Mapping(entries, line);
    }

    private Sequence sequence(String path, int line, int depth) {
        List<Node> items = new ArrayList<>();
        while (next().filter(token -> token != JsonToken.END_ARRAY).isPresent()) {
            int itemLine = parser.currentTokenLocation().getLineNr();
            items.add(value((path.isEmpty() ? "" : path + ".") + items.size(), itemLine, depth));
        }
        return new Sequence(items, line);
    }

    private void problem(String path, int line, String message, String wayOut) {
        problems.add(new Problem(path.isEmpty() ? source : path, line, message, wayOut));
    }

    /** Writes a value in one line, as it stands in a list or behind a key. */
    public static String flow(Node value) {
        return YamlText.flow(value);
    }

    /** Writes a tree so that {@link #read} returns it again, apart from its lines. */
    public static String write(Mapping tree) {
        return YamlText.of(tree);
    }
}
