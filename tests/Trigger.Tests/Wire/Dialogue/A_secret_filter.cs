using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Trigger.Wire.Dialogue;

namespace Trigger.Tests.Wire;

public sealed class A_secret_filter
{
    [Fact]
    public void masks_wherever_the_stream_is_cut_and_passes_everything_else()
    {
        Prop.ForAll(Gen.Elements("a", "ab", "abac", "b", "c", "aba").ArrayOf().Select(string.Concat).Zip(Gen.Choose(1, 4).ArrayOf()).ToArbitrary(), pair =>
        {
            var (stream, lengths) = pair;
            return Filter(stream, []) == Filter(stream, lengths) && Filter(stream, []) == stream.Replace("abac", "••••••", StringComparison.Ordinal);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    private static string Filter(string stream, int[] lengths)
    {
        using var filter = new SecretFilter();
        filter.Add("abac"u8);
        filter.Add([]);
        var passed = new List<byte>();
        for (int at = 0, turn = 0; at < stream.Length; turn++)
        {
            var length = Math.Min(lengths.Length == 0 ? stream.Length : lengths[turn % lengths.Length], stream.Length - at);
            passed.AddRange(filter.Pass(Encoding.ASCII.GetBytes(stream.Substring(at, length))));
            at += length;
        }

        passed.AddRange(filter.Flush());
        return Encoding.UTF8.GetString([.. passed]);
    }
}
