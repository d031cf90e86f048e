package dev.darkroom.jobs.scene;

import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.LongAccumulator;

/** Makes a partition's rows, one for each index. */
final class SceneRows implements FlatMapFunction<Iterator<Long>, Row> {
  static final StructType SCHEMA =
      new StructType()
          .add("id", DataTypes.StringType, false)
          .add("image", DataTypes.BinaryType, false)
          .add("width", DataTypes.IntegerType, false)
          .add("height", DataTypes.IntegerType, false)
          .add("truth", DataTypes.StringType, false)
          .add("description", DataTypes.StringType, false)
          .add("caption", DataTypes.StringType, false)
          .add("prompt", DataTypes.StringType, false);

  private static final long serialVersionUID = 1L;

  private final long seed;
  private final int size;
  private final LongAccumulator done;
  private final LongAccumulator bytes;

  SceneRows(long seed, int size, LongAccumulator done, LongAccumulator bytes) {
    this.seed = seed;
    this.size = size;
    this.done = done;
    this.bytes = bytes;
  }

  @Override
  public Iterator<Row> call(Iterator<Long> indices) {
    SceneWorld world = new SceneWorld(seed);
    SceneRenderer renderer = new SceneRenderer(size);
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(indices, Spliterator.ORDERED), false)
        .map(index -> row(world.scene(index), renderer))
        .iterator();
  }

  private Row row(Scene scene, SceneRenderer renderer) {
    byte[] png = renderer.png(scene);
    done.add(1);
    bytes.add(png.length);
    return RowFactory.create(
        scene.id(),
        png,
        size,
        size,
        SceneTruth.json(scene, size),
        SceneDescription.of(scene),
        WebCaption.of(scene),
        ScenePrompt.of(scene));
  }
}
