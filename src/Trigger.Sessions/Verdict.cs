using Trigger.Devices.Platforms;

namespace Trigger.Sessions;

/// <summary>Tells an error from an answer.</summary>
internal static class Verdict
{
    /// <summary>The device's own error line, or null when the answer is one.</summary>
    /// <param name="status">What the prompt behind the answer says of it, on platforms whose prompts carry a status.</param>
    public static DeviceFault.DeviceError? ErrorIn(Platform platform, string output, string? status)
    {
        if (platform.StatusOk is { } ok && status is not null && status != ok)
            return new DeviceFault.DeviceError($"{LastLine(output)} (exit status {status})".TrimStart());

        foreach (var line in output.AsSpan().EnumerateLines())
        {
            if (line.IsWhiteSpace())
                continue;

            // By number: this runs for every line of every answer, and an enumerator would be an object for each.
            for (var i = 0; i < platform.Failures.Count; i++)
            {
                if (platform.Failures[i].IsMatch(line) && !platform.IsLogLine(line))
                    return new DeviceFault.DeviceError(new string(line).Trim());
            }
        }

        return null;
    }

    private static string LastLine(string output)
    {
        var text = output.AsSpan().TrimEnd();
        return new string(text[(text.LastIndexOf('\n') + 1)..].Trim());
    }
}
