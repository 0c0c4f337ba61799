using System.Globalization;

namespace Trigger.Jobs;

/// <summary>So many devices, or so many of a hundred: <c>5</c> or <c>10%</c>.</summary>
public readonly record struct RunAmount(int Value, bool Percent)
{
    private const int Most = 1_000_000;

    /// <summary>Reads <c>5</c> or <c>10%</c>; a percentage is at most 100.</summary>
    public static bool TryParse(string text, out RunAmount amount)
    {
        var percent = text.EndsWith('%');
        var read = int.TryParse(percent ? text[..^1] : text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value <= (percent ? 100 : Most);
        amount = read ? new RunAmount(value, percent) : default;
        return read;
    }

    /// <summary>How many devices of <paramref name="total"/> that is. A part of a device is a device: of ten devices 1% is one.</summary>
    public int Of(int total) => Percent ? (int)(((long)total * Value + 99) / 100) : Math.Min(Value, total);

    /// <summary>Whether <paramref name="count"/> of <paramref name="total"/> is more than this.</summary>
    public bool IsPassedBy(int count, int total) => Percent ? (long)count * 100 > (long)Value * total : count > Value;

    public override string ToString() => Percent ? $"{Value}%" : $"{Value}";
}
