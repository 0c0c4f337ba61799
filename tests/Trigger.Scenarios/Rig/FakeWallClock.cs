namespace Trigger.Scenarios.Rig;

/// <summary>A wall clock that is wrong, and may be set while programs run (libfaketime); their monotonic clocks go on as they should.</summary>
internal sealed class FakeWallClock
{
    public FakeWallClock(string path, string ahead)
    {
        Path = path;
        Set(ahead);
        File.SetUnixFileMode(path, (UnixFileMode)0b110_100_100);
    }

    /// <summary>The file in which the programs look every second.</summary>
    public string Path { get; }

    /// <param name="ahead">As <c>+1d</c> or <c>-1h</c>.</param>
    public void Set(string ahead)
    {
        // Replaced at once: who looks in between must not find nothing.
        File.WriteAllText($"{Path}.new", $"{ahead}\n");
        File.Move($"{Path}.new", Path, overwrite: true);
    }

    /// <summary>What a program must be started with. Without the last of them, whoever waits for a while would wait by the wrong clock.</summary>
    public async Task<Dictionary<string, string>> Environment()
    {
        var library = (await Tool.Run("find", "/usr/lib", "-name", "libfaketimeMT.so.1")).Split('\n')[0];
        Assert.NotEmpty(library);
        return new Dictionary<string, string>
        {
            ["LD_PRELOAD"] = library,
            ["FAKETIME_TIMESTAMP_FILE"] = Path,
            ["FAKETIME_CACHE_DURATION"] = "1",
            ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
            ["FAKETIME_FORCE_MONOTONIC_FIX"] = "0",
        };
    }
}
