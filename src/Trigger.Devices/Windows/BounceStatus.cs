namespace Trigger.Devices.Windows;

/// <summary>How risky a change is at an hour. Ordered: what is allowed at yellow is allowed at green.</summary>
public enum BounceStatus
{
    Green,
    Yellow,
    Red,
}
