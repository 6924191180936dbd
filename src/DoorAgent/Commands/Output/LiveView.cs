using Spectre.Console;
using Spectre.Console.Rendering;

namespace DoorAgent.Commands.Output;

/// <summary>A view that changes in place.</summary>
internal static class LiveView
{
    /// <summary>Shows the first picture at once, which Spectre's own live view does not, and runs the work.</summary>
    /// <param name="first">What is seen until the work changes it.</param>
    /// <param name="isCleared">Whether nothing of it stays afterwards.</param>
    /// <param name="work">Changes what is seen. In a terminal that is too small the top stays: what matters stands there.</param>
    public static Task RunAsync(IRenderable first, bool isCleared, Func<LiveDisplayContext, Task> work) =>
        AnsiConsole.Live(first).AutoClear(isCleared).Cropping(VerticalOverflowCropping.Bottom).StartAsync(context =>
        {
            context.Refresh();
            return work(context);
        });
}
