namespace Trigger.Cli;

/// <summary>What the shell is told.</summary>
internal static class ExitCode
{
    /// <summary>Every step on every device was accepted.</summary>
    public const int AllWell = 0;

    /// <summary>Some device refused a step, or could not be reached.</summary>
    public const int SomeFailed = 1;

    /// <summary>The command line or its files are wrong; no device was touched.</summary>
    public const int BadInput = 2;

    /// <summary>A changing command may or may not have been carried out.</summary>
    public const int InDoubt = 3;

    public static int Of(long refused, long unknown) => unknown > 0 ? InDoubt : refused > 0 ? SomeFailed : AllWell;
}
