namespace Trigger.Kernel.Actor;

/// <summary>Where a system's actors may live. This kernel has one answer: in its own process.</summary>
public abstract class ProviderSelection
{
    private ProviderSelection()
    {
    }

    public sealed class Local : ProviderSelection
    {
        public static readonly Local Instance = new();

        private Local()
        {
        }
    }
}
