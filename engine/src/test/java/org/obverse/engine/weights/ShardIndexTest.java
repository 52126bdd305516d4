package org.obverse.engine.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A network in several files: {@code a} of 1 and {@code b} of 2 in the first shard, {@code c} of 3 in the second. */
@Timeout(20)
final class ShardIndexTest {
    private static final String WHOLE = "'a':'one.safetensors','b':'one.safetensors','c':'two.safetensors'";

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void writeShards() {
        SafetensorsWriter.write(folder.resolve("one.safetensors"), Map.of("a", tensor(1), "b", tensor(2)), Map.of());
        SafetensorsWriter.write(folder.resolve("two.safetensors"), Map.of("c", tensor(3)), Map.of());
    }

    @Test
    void shards_are_read_through_their_index_in_its_order() {
        WeightFile opened = WeightFile.open(index("'c':'two.safetensors','a':'one.safetensors','b':'one.safetensors'"));

        assertEquals(WeightFormat.SHARDS, opened.format());
        assertEquals(
                List.of("c", "a", "b"),
                new ArrayList<>(opened.network().tensors().keySet()));
        assertArrayEquals(new float[] {2}, Samples.floats(Samples.tensor(opened.tensors(), "b")));
        assertArrayEquals(new float[] {3}, Samples.floats(Samples.tensor(opened.tensors(), "c")));
        assertEquals(
                Set.of("one.safetensors", "two.safetensors"), opened.shards().keySet());
    }

    @Test
    void a_shard_may_be_a_link_to_where_a_cache_keeps_it() throws IOException {
        Path kept = Files.createDirectory(folder.resolve("blobs")).resolve("1234");
        Files.move(folder.resolve("two.safetensors"), kept);
        Files.createSymbolicLink(folder.resolve("two.safetensors"), kept);

        assertEquals(3, WeightFile.open(index(WHOLE)).tensors().size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'a':'/etc/passwd' | is in '/etc/passwd', which is no name of a file beside the index",
                "'a':'../one.safetensors' | is in '../one.safetensors', which is no name of a file beside the index",
                "'a':'sub/one.safetensors' | which is no name of a file beside the index",
                "'a':'..' | which is no name of a file beside the index",
                "'a':'C:one' | which is no name of a file beside the index",
                "'a':'' | which is no name of a file beside the index",
                "'a':'o\\\\u0000ne' | which is no name of a file beside the index",
                "'a':'three.safetensors' | shard 'three.safetensors': there is no such file",
                "'a':'.' | which is no name of a file beside the index",
                "'a':'sub' | shard 'sub': is a folder, not a file",
                "'a':'model.safetensors.index.json' | as a shard, which is an index itself",
                "'a':'text' | shard 'text': is of no known format",
                "'a':7 | does not say in which shard tensor 'a' is",
                "'a':'one.safetensors','b':'one.safetensors','c':'one.safetensors' | 'one.safetensors', which does not hold it",
                "'a':'one.safetensors','c':'two.safetensors' | holds tensor 'b', which the index does not name",
                "'a':'one.safetensors','b':'two.safetensors','c':'two.safetensors' | holds tensor 'b', which the index says to be in 'two",
                "'a':'one.safetensors','b':'one.safetensors','a':'two.safetensors' | Duplicate Object property \"a\"",
            })
    void an_index_that_lies_or_leads_elsewhere_is_refused_by_name(String map, String reason) throws IOException {
        Files.createDirectory(folder.resolve("sub"));
        Files.writeString(folder.resolve("text"), "hello");
        Path index = index(map);

        String message = Samples.refusal(() -> WeightFile.open(index));

        assertTrue(message.startsWith(index.toString()) && message.contains(reason), message);
    }

    @Test
    void other_json_is_no_index() {
        Path file = Samples.write(folder, "config.json", "{ \"layers\": 3 }".getBytes(StandardCharsets.UTF_8));
        Path cut = Samples.write(folder, "cut.json", "{ \"weight_map\": {".getBytes(StandardCharsets.UTF_8));

        assertTrue(Samples.refusal(() -> WeightFile.open(file)).contains("is JSON without a weight_map"));
        assertTrue(Samples.refusal(() -> WeightFile.open(cut)).contains("begins as JSON and is none"));
    }

    private Path index(String map) {
        String json = "{'metadata':{'total_size':12},'weight_map':{" + map + "}}";
        return Samples.write(
                folder, "model.safetensors.index.json", json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static StoredTensor tensor(float value) {
        ByteBuffer bytes = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(0, value);
        return StoredTensor.dense(ElementType.F32, new ByteSource.Memory(bytes), new long[] {1}, StoredTensor.Order.C);
    }
}
