package org.obverse.engine.artifact;

import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * What the header of a safetensors file says: an 8-byte little-endian length, then JSON. Tensors lie one behind the other
 * from the header's end on, without gaps and without sharing bytes; names are not repeated; nothing is described that the
 * file does not hold. The header is read value by value, so that one that lies takes no more memory than its own bytes.
 *
 * @param entries by name, in the header's order
 * @param end where the last tensor ends; what lies behind it is its writer's
 * @param length of the file
 */
public record SafetensorsHeader(Map<String, Entry> entries, Map<String, String> metadata, long end, long length) {
    /** The format's own limit. */
    public static final int LONGEST = 100_000_000;

    private static final int MOST_TENSORS = 200_000;
    private static final int HIGHEST_RANK = 32;

    /** Names may be long. */
    private static final int LONGEST_MESSAGE = 1000;

    private static final String METADATA = "__metadata__";
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /**
     * One tensor.
     *
     * @param type by its name in the format, such as {@code F32}
     * @param from its first byte in the file
     * @param to behind its last one
     */
    public record Entry(String type, Shape shape, long from, long to) {}

    /**
     * @param subject what to call the file in messages
     * @throws InvalidConfigurationException if the header is none, or lies
     */
    public static SafetensorsHeader of(Path file, String subject) throws IOException {
        return of(subject, new StoredBytes.OfFile(file));
    }

    static SafetensorsHeader of(String subject, StoredBytes bytes) throws IOException {
        return new Reading(subject, bytes).read();
    }

    /** One reading of a header. */
    private static final class Reading {
        private final String subject;
        private final StoredBytes bytes;
        private final Map<String, Entry> entries = new LinkedHashMap<>();
        private final Map<String, String> metadata = new LinkedHashMap<>();

        Reading(String subject, StoredBytes bytes) {
            this.subject = subject;
            this.bytes = bytes;
        }

        SafetensorsHeader read() throws IOException {
            long file = bytes.length();
            if (file < Long.BYTES) {
                throw refused("is " + file + " bytes long, which is too short for safetensors");
            }
            ByteBuffer first = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            bytes.read(0, first);
            long length = first.getLong();
            if (length < 2 || length > LONGEST || length > file - Long.BYTES) {
                throw refused("claims a header of " + length + " bytes: it is truncated or not safetensors");
            }
            long start = Long.BYTES + length;
            try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), bytes.stream(Long.BYTES, length))) {
                object(json, start);
                if (json.nextToken() != null) {
                    throw refused("has more than one value in its header");
                }
            } catch (JacksonException e) {
                throw refused("has a header that is not JSON (" + e.getOriginalMessage()
                        + "): it is damaged or not safetensors");
            }
            return new SafetensorsHeader(entries, metadata, end(start, file), file);
        }

        private void object(JsonParser json, long start) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw refused("has a header that is no JSON object");
            }
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                if (value != JsonToken.START_OBJECT) {
                    throw refused("describes '" + name + "' by something else than an object");
                }
                if (name.equals(METADATA)) {
                    facts(json);
                } else if (entries.size() == MOST_TENSORS) {
                    throw refused("holds more than " + MOST_TENSORS + " tensors");
                } else {
                    entries.put(name, entry(name, json, start));
                }
            }
        }

        private void facts(JsonParser json) {
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String key = json.currentName();
                if (json.nextToken() != JsonToken.VALUE_STRING) {
                    throw refused("has metadata that is not text, under '" + key + "'");
                }
                metadata.put(key, json.getString());
            }
        }

        private Entry entry(String name, JsonParser json, long start) {
            String type = "";
            Optional<List<Long>> shape = Optional.empty();
            List<Long> offsets = List.of();
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String key = json.currentName();
                json.nextToken();
                switch (key) {
                    case "dtype" ->
                        type = require(name, json, JsonToken.VALUE_STRING).getString();
                    case "shape" -> shape = Optional.of(numbers(name, require(name, json, JsonToken.START_ARRAY)));
                    case "data_offsets" -> offsets = numbers(name, require(name, json, JsonToken.START_ARRAY));
                    default -> json.skipChildren();
                }
            }
            if (type.isEmpty() || shape.isEmpty() || offsets.size() != 2) {
                throw refused("does not say the type, the shape and the place of tensor '" + name + "'");
            }
            long[] axes = shape.get().stream().mapToLong(axis -> axis).toArray();
            requirePossible(name, axes);
            return new Entry(type, new Shape(axes), start + offsets.get(0), start + offsets.get(1));
        }

        private JsonParser require(String name, JsonParser json, JsonToken kind) {
            if (json.currentToken() != kind) {
                throw refused("describes tensor '" + name + "' in a way that is not understood");
            }
            return json;
        }

        private List<Long> numbers(String name, JsonParser json) {
            List<Long> numbers = new ArrayList<>();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                boolean whole = json.currentToken() == JsonToken.VALUE_NUMBER_INT
                        && (json.getNumberType() == JsonParser.NumberType.INT
                                || json.getNumberType() == JsonParser.NumberType.LONG);
                if (!whole || json.getLongValue() < 0 || json.getLongValue() > Long.MAX_VALUE / 2) {
                    throw refused("gives tensor '" + name + "' an impossible shape or place");
                }
                if (numbers.size() == HIGHEST_RANK) {
                    throw refused("gives tensor '" + name + "' more than " + HIGHEST_RANK + " axes");
                }
                numbers.add(json.getLongValue());
            }
            return numbers;
        }

        private void requirePossible(String name, long[] axes) {
            long elements = 1;
            for (long axis : axes) {
                if (axis > 0 && elements > (1L << 40) / axis) {
                    throw refused("gives tensor '" + name + "' an impossible shape: " + new Shape(axes));
                }
                elements *= Math.max(1, axis);
            }
        }

        /** Where the last tensor ends, if each begins where the one before it ends. */
        private long end(long start, long file) {
            List<Map.Entry<String, Entry>> inOrder = new ArrayList<>(entries.entrySet());
            inOrder.sort(Comparator.comparingLong(
                            (Map.Entry<String, Entry> named) -> named.getValue().from())
                    .thenComparingLong(named -> named.getValue().to()));
            long end = start;
            String before = "the header";
            for (Map.Entry<String, Entry> named : inOrder) {
                Entry entry = named.getValue();
                String tensor = "tensor '" + named.getKey() + "'";
                if (entry.to() > file) {
                    throw refused(tensor + " ends at byte " + entry.to() + " of " + file
                            + ": the file is truncated or damaged");
                }
                if (entry.from() > entry.to()) {
                    throw refused(tensor + " ends before it begins");
                }
                if (entry.from() < end) {
                    throw refused(tensor + " shares bytes with " + before);
                }
                if (entry.from() > end) {
                    throw refused((entry.from() - end) + " bytes between " + before + " and " + tensor
                            + " belong to no tensor");
                }
                end = entry.to();
                before = tensor;
            }
            return end;
        }

        private InvalidConfigurationException refused(String message) {
            String shown = message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE) + "…" : message;
            return new InvalidConfigurationException(new Problem(subject, shown, "give a whole safetensors file"));
        }
    }
}
