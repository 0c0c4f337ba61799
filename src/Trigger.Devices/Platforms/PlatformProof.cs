using System.Text.RegularExpressions;

namespace Trigger.Devices.Platforms;

/// <summary>Holds a platform's patterns against its own samples: a pattern that does not recognise what the device prints would only show at night, on a device.</summary>
internal static class PlatformProof
{
    public static IEnumerable<string> Mistakes(Platform platform)
    {
        var samples = platform.Samples;
        return Prompts(platform)
            .Concat(Matched(samples.UserName, platform.Login.UserName, "login.user-name", "samples.user-name"))
            .Concat(Matched(samples.Password, platform.Login.Password, "login.password", "samples.password"))
            .Concat(Matched(samples.LoginRefused, platform.Login.Refused, "login.refused", "samples.login-refused"))
            .Concat(Matched(samples.EnablePassword, platform.Enable?.Password, "enable.password", "samples.enable-password"))
            .Concat(Matched(samples.EnableRefused, platform.Enable?.Refused, "enable.refused", "samples.enable-refused"))
            .Concat(Matched(samples.Pager, platform.Pager, "pager", "samples.pager"))
            .Concat(Commands(platform))
            .Concat(Errors(platform))
            .Concat(Probes(platform))
            .Concat(Changes(platform))
            .Select(problem => $"{platform.Id}: {problem}");
    }

    private static IEnumerable<string> Prompts(Platform platform)
    {
        foreach (var (name, shown) in platform.Samples.Prompts)
        {
            var prompt = Said(shown);
            foreach (var mode in platform.Modes)
            {
                if (mode.Name == name && !mode.Prompt.IsMatch(prompt))
                    yield return $"the prompt '{prompt}' of mode {name} is not matched by its own pattern.";
                if (mode.Name != name && mode.Prompt.IsMatch(prompt))
                    yield return $"the prompt '{prompt}' of mode {name} is matched by the pattern of mode {mode.Name} too.";
            }
        }
    }

    private static IEnumerable<string> Matched(string sample, Regex? pattern, string key, string sampleKey)
    {
        if (sample.Length > 0 && pattern?.IsMatch(Said(sample)) == false)
            yield return $"{key} does not match {sampleKey}, '{Said(sample)}'.";
    }

    private static IEnumerable<string> Commands(Platform platform)
    {
        var samples = platform.Samples;
        foreach (var command in samples.Reads.Concat([samples.ShowVersion, samples.ShowConfig]).Concat(platform.Backup.Commands).Where(command => command.Length > 0 && !platform.MayRepeat(command)))
            yield return $"'{command}' only reads, but no pattern of reads matches it.";
        foreach (var command in samples.Writes.Where(platform.MayRepeat))
            yield return $"'{command}' changes something, but reads matches it.";
        if (samples.PagingOff.Length > 0 && !platform.OnOpen.Contains(samples.PagingOff))
            yield return $"samples.paging-off is '{samples.PagingOff}', which on-open does not send.";
    }

    private static IEnumerable<string> Errors(Platform platform)
    {
        var lines = Said(platform.Samples.Error).Split("\r\n");
        if (platform.Failures.Count > 0 && !lines.Any(line => platform.Failures.Any(failure => failure.IsMatch(line))))
            yield return $"no pattern of failures matches samples.error, '{Said(platform.Samples.Error)}'.";
    }

    private static IEnumerable<string> Probes(Platform platform)
    {
        if (platform.Signs.Command.Length > 0 && !platform.MayRepeat(platform.Signs.Command))
            yield return $"detect.command is '{platform.Signs.Command}', but no pattern of reads matches it.";
        if ((platform.Signs.Command.Length > 0) != (platform.Signs.Answer is not null))
            yield return "detect.command and detect.answer belong together: one asks, the other recognises.";
        foreach (var problem in Matched(platform.Signs.Shown, platform.Signs.Answer, "detect.answer", "detect.shown"))
            yield return problem;
    }

    private static IEnumerable<string> Changes(Platform platform)
    {
        if (platform.Change is not { } change)
            yield break;

        foreach (var command in change.Compare.Where(command => !platform.MayRepeat(Named(command))))
            yield return $"change.compare '{command}' must only read, but no pattern of reads matches it.";
        foreach (var command in change.Enter.Concat(change.Commit).Concat(change.Undo).Concat(change.Abort).Where(command => platform.MayRepeat(Named(command))))
            yield return $"change: '{command}' changes something, but reads matches it, and so it could be sent twice.";
        if (change.ReadInside.Length > 0 && platform.Samples.ShowVersion is { Length: > 0 } version && !platform.MayRepeat(change.ReadInside + version))
            yield return $"change.read-inside makes '{change.ReadInside}{version}', which no pattern of reads matches.";
    }

    private static string Named(string command) => command.Replace("%n", "trigger-20261121-0559-kqzf", StringComparison.Ordinal);

    internal static string Said(string sample) => sample
        .Replace("%h", "core-1.ams", StringComparison.Ordinal)
        .Replace("%u", "admin", StringComparison.Ordinal)
        .Replace("%c", "frobnicate", StringComparison.Ordinal);
}
