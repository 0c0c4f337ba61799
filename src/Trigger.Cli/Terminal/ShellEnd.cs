namespace Trigger.Cli.Terminal;

/// <summary>Who ended a <see cref="TerminalShell"/>.</summary>
internal enum ShellEnd
{
    /// <summary>The device closed the line, or it broke.</summary>
    FarEnd,

    /// <summary>The person left with the escape key.</summary>
    Escaped,

    /// <summary>A signal told us to leave.</summary>
    Interrupted,

    /// <summary>The input ended, and the device had nothing more to say.</summary>
    InputEnded,
}
