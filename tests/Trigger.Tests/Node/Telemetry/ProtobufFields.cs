using System.Buffers.Binary;
using System.Text;

namespace Trigger.Tests.Node.Telemetry;

/// <summary>The fields of one message of Protocol Buffers, as far as OTLP needs them: numbers, and bytes.</summary>
public sealed class ProtobufFields
{
    private readonly List<(int Number, ulong Value, byte[] Bytes)> all = [];

    public ProtobufFields(ReadOnlySpan<byte> message)
    {
        while (!message.IsEmpty)
        {
            var key = Varint(ref message);
            var number = (int)(key >> 3);
            switch (key & 7)
            {
                case 0:
                    all.Add((number, Varint(ref message), []));
                    break;
                case 1:
                    all.Add((number, BinaryPrimitives.ReadUInt64LittleEndian(message), []));
                    message = message[8..];
                    break;
                case 2:
                    var length = (int)Varint(ref message);
                    all.Add((number, 0, message[..length].ToArray()));
                    message = message[length..];
                    break;
                case 5:
                    all.Add((number, BinaryPrimitives.ReadUInt32LittleEndian(message), []));
                    message = message[4..];
                    break;
                default:
                    throw new InvalidDataException($"Field {number} has a wire type that there is not.");
            }
        }
    }

    public IEnumerable<ProtobufFields> Messages(int number) => all.Where(field => field.Number == number).Select(field => new ProtobufFields(field.Bytes));

    public string Text(int number) => Encoding.UTF8.GetString(Bytes(number));

    public string Hex(int number) => Convert.ToHexStringLower(Bytes(number));

    public ulong Number(int number) => all.LastOrDefault(field => field.Number == number).Value;

    private byte[] Bytes(int number) => all.LastOrDefault(field => field.Number == number).Bytes ?? [];

    private static ulong Varint(ref ReadOnlySpan<byte> bytes)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = bytes[0];
            bytes = bytes[1..];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
                return value;
        }
    }
}
