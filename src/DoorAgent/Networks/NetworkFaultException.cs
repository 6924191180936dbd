namespace DoorAgent.Networks;

/// <summary>A network gave what no working network gives. Nothing is decided on it.</summary>
internal sealed class NetworkFaultException(string message) : Exception(message);
