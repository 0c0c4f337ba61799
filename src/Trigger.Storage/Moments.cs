using System.Globalization;

namespace Trigger.Storage;

/// <summary>Moments as the tables keep them: UTC to the millisecond, ISO 8601, so that they sort as text in every database.</summary>
internal static class Moments
{
    public static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    public static DateTimeOffset Parse(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
