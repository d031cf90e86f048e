package dev.darkroom.models.onnx;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes graphs as onnx.proto says: each operation takes one tensor, and gives one of its shape.
 */
final class OnnxFile {
  static final int FLOAT = 1;
  static final int INT64 = 7;

  private static final int IR_VERSION = 8;
  private static final int OPERATORS = 13;
  private static final int VARINT = 0;
  private static final int BYTES = 2;

  private OnnxFile() {}

  /**
   * One operation.
   *
   * @param type such as {@code Neg}
   * @param elements the type of the tensors' elements, by its number in onnx.proto
   */
  record Operation(String type, String input, String output, int elements) {}

  /** A file of operations on matrices with two columns and any number of rows. */
  static Path write(Path file, List<Operation> operations) throws IOException {
    Message graph = new Message().text(2, "graph");
    for (Operation operation : operations) {
      graph
          .message(
              1,
              new Message()
                  .text(1, operation.input())
                  .text(2, operation.output())
                  .text(4, operation.type()))
          .message(11, value(operation.input(), operation.elements()))
          .message(12, value(operation.output(), operation.elements()));
    }
    Message model =
        new Message()
            .number(1, IR_VERSION)
            .message(7, graph)
            .message(8, new Message().number(2, OPERATORS));
    return Files.write(file, model.bytes());
  }

  private static Message value(String name, int elements) {
    Message shape =
        new Message()
            .message(1, new Message().text(2, "rows"))
            .message(1, new Message().number(1, 2));
    Message tensor = new Message().number(1, elements).message(2, shape);
    return new Message().text(1, name).message(2, new Message().message(1, tensor));
  }

  /** A message in protobuf's wire format. */
  private static final class Message {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Message number(int field, int value) {
      varint(field << 3 | VARINT);
      varint(value);
      return this;
    }

    Message text(int field, String value) {
      return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    Message message(int field, Message value) {
      return bytes(field, value.bytes());
    }

    byte[] bytes() {
      return out.toByteArray();
    }

    private Message bytes(int field, byte[] value) {
      varint(field << 3 | BYTES);
      varint(value.length);
      out.writeBytes(value);
      return this;
    }

    private void varint(int value) {
      int left = value;
      for (; left >= 0x80; left >>>= 7) {
        out.write(left & 0x7f | 0x80);
      }
      out.write(left);
    }
  }
}
