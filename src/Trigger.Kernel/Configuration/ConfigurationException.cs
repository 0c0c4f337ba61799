using Trigger.Kernel.Actor;

namespace Trigger.Kernel.Configuration;

/// <summary>The configuration does not fit what the code asks of it.</summary>
public class ConfigurationException : AkkaException
{
    public ConfigurationException(string message)
        : base(message)
    {
    }

    public ConfigurationException(string message, Exception? exception)
        : base(message, exception)
    {
    }
}
