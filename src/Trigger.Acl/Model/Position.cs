namespace Trigger.Acl.Model;

/// <summary>Where something was read. Both count from one; zero means that nobody wrote it.</summary>
public readonly record struct Position(int Line, int Column)
{
    public static Position Nowhere => default;

    public override string ToString() => $"{Line}:{Column}";
}
