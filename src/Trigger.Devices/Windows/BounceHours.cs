using System.Globalization;

namespace Trigger.Devices.Windows;

/// <summary>Trigger's lists of hours: <c>0-3, 23</c>. Trigger drops what is no hour; here it is a mistake.</summary>
internal static class BounceHours
{
    private const int LongestList = 500;

    public static IEnumerable<int> Parse(string list)
    {
        if (list.Length > LongestList)
            throw new InvalidBounceWindowException($"A list of hours has at most {LongestList} characters.");
        return list.Split(',', StringSplitOptions.TrimEntries).Where(part => part.Length > 0).SelectMany(Range);
    }

    /// <summary>The shortest list of these hours.</summary>
    public static string Text(IReadOnlyList<int> hours)
    {
        var parts = new List<string>();
        for (var i = 0; i < hours.Count;)
        {
            var first = i;
            while (i + 1 < hours.Count && hours[i + 1] == hours[i] + 1)
                i++;
            parts.Add(first == i ? $"{hours[i]}" : $"{hours[first]}-{hours[i]}");
            i++;
        }

        return string.Join(", ", parts);
    }

    private static IEnumerable<int> Range(string part)
    {
        var ends = part.Split('-', StringSplitOptions.TrimEntries);
        if (ends.Length > 2)
            throw new InvalidBounceWindowException($"'{part}' is no range of hours; write it as 4-7.");
        var (first, last) = (Hour(ends[0], part), Hour(ends[^1], part));
        return first <= last ? Enumerable.Range(first, last - first + 1) : throw new InvalidBounceWindowException($"'{part}' runs backwards; write two ranges, {first}-23 and 0-{last}.");
    }

    private static int Hour(string text, string part) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var hour) && hour <= 23
            ? hour
            : throw new InvalidBounceWindowException($"'{part}' is no hour or range of hours; hours run from 0 to 23.");
}
