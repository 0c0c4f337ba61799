namespace Trigger.Devices.Windows;

/// <summary>A window that says too little or too much.</summary>
public sealed class InvalidBounceWindowException(string message) : Exception(message);
