using System.Diagnostics;
using static TorchSharp.torch;

namespace CnnViz.Bench.Plain;

/// <summary>LeNet-5's training as lenet_peer.py has it, with TorchSharp's own modules and optimiser.</summary>
internal static class PlainLeNet
{
    private const int BatchSize = 256;

    /// <summary>Trains from the start, and gives the seconds of each epoch's training steps.</summary>
    /// <param name="images">Pictures <c>[N, 1, 28, 28]</c> in [0, 1].</param>
    /// <param name="labels">Their classes.</param>
    /// <param name="epochs">How many epochs.</param>
    public static IEnumerable<double> Train(Tensor images, Tensor labels, int epochs)
    {
        using var network = nn.Sequential(
            nn.Conv2d(1, 6, 5, padding: 2), nn.BatchNorm2d(6), nn.Tanh(), nn.MaxPool2d(2),
            nn.Conv2d(6, 16, 5), nn.BatchNorm2d(16), nn.Tanh(), nn.MaxPool2d(2),
            nn.Flatten(), nn.Dropout(0.4), nn.Dropout(0.3),
            nn.Linear(400, 400), nn.Tanh(), nn.Linear(400, 120), nn.Tanh(), nn.Linear(120, 84), nn.Tanh(), nn.Linear(84, 10));
        using var adam = optim.Adam(network.parameters(), lr: 1e-3);
        network.train();
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            var start = Stopwatch.GetTimestamp();
            using var order = randperm(images.shape[0]);
            for (var first = 0L; first < images.shape[0]; first += BatchSize)
            {
                using var scope = NewDisposeScope();
                var chosen = order.narrow(0, first, Math.Min(BatchSize, images.shape[0] - first));
                adam.zero_grad();
                var loss = nn.functional.cross_entropy(network.forward(images.index_select(0, chosen)), labels.index_select(0, chosen));
                loss.backward();
                adam.step();
                _ = loss.item<float>();
            }
            yield return Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
    }
}
