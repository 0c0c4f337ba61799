namespace Trigger.Scenarios.Rig;

/// <summary>The repository that these tests were built in.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    /// <summary>A path in it.</summary>
    public static string File(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Find()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (System.IO.File.Exists(Path.Combine(directory.FullName, "Trigger.Actors.sln")))
                return directory.FullName;
        }

        throw new InvalidOperationException("The tests must run from inside the repository's own build output.");
    }
}
