namespace Trigger.Sessions;

/// <summary>Where a <see cref="DeviceSession"/> stands.</summary>
public enum SessionState
{
    /// <summary>No line, nobody waiting.</summary>
    Idle,

    /// <summary>Connecting, up to the moment the far end wants to know who we are.</summary>
    Dialing,

    /// <summary>From the credentials to the first prompt.</summary>
    LoggingIn,

    /// <summary>Raising the privilege.</summary>
    Enabling,

    /// <summary>Switching paging off and the like.</summary>
    Preparing,

    /// <summary>At the prompt; the intent to change something is being recorded.</summary>
    Ready,

    /// <summary>A command is with the device.</summary>
    Running,

    /// <summary>The device waits at a question for a person.</summary>
    Parked,

    /// <summary>A person has the line; the session only carries bytes.</summary>
    HandedOver,

    /// <summary>Leaving; nobody is owed anything but the last answer.</summary>
    HangingUp,
}
