namespace DoorAgent.Hardware.Tests.Support;

/// <summary>Limits the waits of tests, so that a defect fails a test instead of hanging it.</summary>
internal static class Deadline
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <exception cref="TimeoutException">Two minutes have passed.</exception>
    public static Task InTimeAsync(this Task task) => task.WaitAsync(Patience, TestContext.Current.CancellationToken);

    /// <exception cref="TimeoutException">Two minutes have passed.</exception>
    public static Task<T> InTimeAsync<T>(this Task<T> task) => task.WaitAsync(Patience, TestContext.Current.CancellationToken);

    /// <exception cref="TimeoutException">Two minutes have passed.</exception>
    public static Task<T> InTimeAsync<T>(this ValueTask<T> task) => task.AsTask().InTimeAsync();
}
