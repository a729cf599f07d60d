using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using CnnViz.Networks;
using CnnViz.Networks.Operations;
using CnnViz.Running;
using CnnViz.Runtime;
using static TorchSharp.torch;

namespace CnnViz.Training;

/// <summary>
/// Trains a classifier as a run: a step is a batch, and what is kept when the run ends is the last whole epoch, or the best one where the training
/// watches for it. The trainable parameters are views of one flat tensor, so that the optimiser works on all of them at once.
/// </summary>
public sealed class Trainer : Stepper
{
    private const string Parameters = "parameters";
    private const string Best = "best.";

    private readonly string _task;
    private readonly Network _network;
    private readonly Preprocessing? _preprocessing;
    private readonly TrainingParts _parts;
    private readonly TrainingOptions _options;
    private readonly Device _device;
    private readonly Generator _generator;
    private readonly Dictionary<string, Tensor> _weights;
    private readonly Interpreter _trainingPass;
    private readonly Interpreter _evaluationPass;
    private readonly int _evaluationBatch;
    private readonly Tensor[] _parameters;
    private readonly Tensor[] _buffers;
    private readonly Tensor _flat;
    private readonly Optimizer _optimizer;
    private readonly List<EpochResult> _history = [];
    private readonly Stopwatch _clock = new();
    private Checkpoint? _lastEpoch;
    private Checkpoint? _best;
    private Tensor? _order;
    private bool _released;
    private double _lossSum;
    private long _correct;
    private long _seen;

    /// <summary>Makes the start: the given weights, or random ones.</summary>
    /// <param name="task">What is trained on what, in words that tell this training from others.</param>
    /// <param name="network">The network to train; its frozen operations stay as they are.</param>
    /// <param name="preprocessing">How pixels are normalised; null for inputs that are taken as they are.</param>
    /// <param name="parts">The pictures; they stay the caller's.</param>
    /// <param name="options">The settings.</param>
    /// <param name="start">A model with the network's weights to start from, which is not changed; null for a random start.</param>
    public Trainer(string task, Network network, Preprocessing? preprocessing, TrainingParts parts, TrainingOptions options, CnnModel? start = null)
    {
        (_task, _network, _preprocessing, _parts, _options) = (task, network, preprocessing, parts, options);
        _device = device(start?.Device ?? "cpu");
        using var scope = NewDisposeScope();
        _generator = new Generator((ulong)options.Seed);
        _weights = start is null ? CnnModel.InitialWeights(network, _generator) : Copy(network, start);
        var trainable = network.Parameters.Where(parameter => parameter.Spec.IsTrainable).Select(parameter => parameter.Name).ToArray();
        _flat = cat(Array.ConvertAll(trainable, name => _weights[name].flatten())).DetachFromDisposeScope();
        var offset = 0L;
        foreach (var name in trainable)
        {
            var own = _weights[name];
            _weights[name] = _flat.narrow(0, offset, own.NumberOfElements).view(own.shape).DetachFromDisposeScope().requires_grad_();
            offset += own.NumberOfElements;
            own.Dispose();
        }
        _parameters = Array.ConvertAll(trainable, name => _weights[name]);
        _buffers =
        [
            .. network.Nodes.Where(node => node.Operation is not Frozen)
                .SelectMany(node => node.Operation.Parameters.Where(spec => !spec.IsTrainable).Select(spec => _weights[$"{node.Name}.{spec.Name}"])),
        ];
        _optimizer = options.Optimizer == OptimizerKind.Sgd
            ? new Sgd(_flat) { Momentum = options.Momentum, IsNesterov = options.Nesterov, WeightDecay = options.WeightDecay }
            : new Adam(_flat) { IsDecoupled = options.Optimizer == OptimizerKind.AdamW, WeightDecay = options.WeightDecay };
        _trainingPass = new Interpreter(TrainingRewrite.Apply(network), _weights) { IsTraining = true, Generator = _generator };
        _evaluationPass = new Interpreter(network, _weights);
        _evaluationBatch = EvaluationBatch.SizeFor(network);
    }

    /// <inheritdoc/>
    public override string Activity => $"Training {_network.Architecture}";

    /// <inheritdoc/>
    public override int StepCount => _options.Epoch * StepsPerEpoch;

    /// <inheritdoc/>
    public override bool IsDone => base.IsDone || (_options.Patience is { } patience && _history.Count > 0 && _history.Count - BestEpoch >= patience);

    /// <inheritdoc/>
    public override string Status
    {
        get
        {
            static string Part(string name, double? accuracy) =>
                accuracy is null ? "" : string.Create(CultureInfo.InvariantCulture, $", {name} {accuracy:0.00%}");
            var running = _seen == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", loss {_lossSum / _seen:0.0000}, accuracy {(double)_correct / _seen:0.00%}");
            var last = _history.Count == 0 ? "" : Part("validation", _history[^1].ValidationAccuracy) + Part("test", _history[^1].TestAccuracy);
            return $"epoch {Math.Min(CompletedSteps / StepsPerEpoch + 1, _options.Epoch)} of {_options.Epoch}{running}{last}";
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Identity
    {
        get
        {
            var identity = JsonSerializer.SerializeToElement(_options).EnumerateObject().ToDictionary(option => option.Name, option => option.Value.ToString(), StringComparer.Ordinal);
            // Without a schedule nothing depends on how many epochs are to come, so a finished training may be continued.
            if (_options.Schedule == Schedule.Constant)
                identity.Remove(nameof(TrainingOptions.Epoch));
            identity["Training"] = _task;
            identity["Pictures"] = string.Create(CultureInfo.InvariantCulture, $"{_parts.Train.Count} with classes {_parts.Train.Fingerprint}");
            return identity;
        }
    }

    /// <inheritdoc/>
    public override bool IsCheckpointDue => CompletedSteps > 0 && CompletedSteps % StepsPerEpoch == 0;

    /// <summary>The epochs that are done.</summary>
    public IReadOnlyList<EpochResult> History => _history;

    // A picture that would be alone in the last batch sits the epoch out: batch normalisation cannot learn from one value.
    private int StepsPerEpoch => Math.Max(1, (_parts.Train.Count + _options.BatchSize - 2) / _options.BatchSize);

    private int BestEpoch => _history.MinBy(epoch => epoch.ValidationLoss)!.Epoch;

    private double LearningRate => _options.LearningRate * _options.Schedule.Factor(CompletedSteps, StepCount, _options.Decay);

    /// <inheritdoc/>
    public override void Step(CancellationToken cancellation)
    {
        _clock.Start();
        var place = CompletedSteps % StepsPerEpoch;
        if (place == 0)
        {
            _order?.Dispose();
            _order = randperm(_parts.Train.Count, generator: _generator).DetachFromDisposeScope();
            (_lossSum, _correct, _seen) = (0, 0, 0);
        }
        var start = place * _options.BatchSize;
        var count = Math.Min(_options.BatchSize, _parts.Train.Count - start);
        var (inputs, classes) = _parts.Train.Batch(_order!, start, count, cancellation);
        if (_options.Augmentation is { } augmentation)
            inputs = augmentation.Apply(inputs, _generator);
        classes = classes.to(_device);
        Tensor logits;
        using (enable_grad())
        {
            logits = _trainingPass.Run(Prepare(inputs)).flatten(1);
            var loss = Loss(logits, classes);
            var value = loss.item<float>();
            if (!float.IsFinite(value))
                throw Errors.TrainingDiverged(_history.Count + 1, LearningRate);
            var gradients = BackwardPass.Gradients([loss], _parameters);
            var gradient = cat(gradients.Select(part => part.flatten()).ToArray());
            _optimizer.Step(gradient, LearningRate);
            _lossSum += value * count;
        }
        _correct += logits.argmax(1).eq(classes).sum().item<long>();
        _seen += count;
        CompletedSteps++;
        _clock.Stop();
        if (IsCheckpointDue)
            EndEpoch(cancellation);
    }

    /// <inheritdoc/>
    public override void KeepBest()
    {
        if (_lastEpoch is not null)
            Restore(_lastEpoch);
        if (_best is not null)
            TakeWeights(_best, Best);
    }

    /// <inheritdoc/>
    public override void Save(Checkpoint checkpoint)
    {
        PutWeights(checkpoint, "");
        _best?.CopyTo(checkpoint);
        _optimizer.Save(checkpoint);
        checkpoint.PutGenerator(_generator);
        checkpoint.Put("steps", CompletedSteps.ToString(CultureInfo.InvariantCulture));
        checkpoint.Put("history", JsonSerializer.Serialize(_history));
    }

    /// <inheritdoc/>
    public override void Restore(Checkpoint checkpoint)
    {
        if (checkpoint.Holds(Best + Parameters))
        {
            TakeWeights(checkpoint, Best);
            KeepWeights();
        }
        TakeWeights(checkpoint, "");
        using var scope = NewDisposeScope();
        _optimizer.Restore(checkpoint);
        checkpoint.RestoreGenerator(_generator);
        CompletedSteps = int.Parse(checkpoint.Text("steps"), CultureInfo.InvariantCulture);
        _history.Clear();
        _history.AddRange(JsonSerializer.Deserialize<List<EpochResult>>(checkpoint.Text("history"))!);
        if (!ReferenceEquals(checkpoint, _lastEpoch))
            KeepEpoch();
    }

    /// <summary>A copy of the network's parameters and buffers, the caller's to dispose.</summary>
    public Dictionary<string, Tensor> CopyWeights()
    {
        using var gradMode = no_grad();
        using var scope = NewDisposeScope();
        return _weights.ToDictionary(pair => pair.Key, pair => pair.Value.detach().clone().DetachFromDisposeScope(), StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (_released || !disposing)
            return;
        _released = true;
        foreach (var tensor in _weights.Values)
            tensor.Dispose();
        _flat.Dispose();
        _order?.Dispose();
        _optimizer.Dispose();
        _generator.Dispose();
        _lastEpoch?.Dispose();
        _best?.Dispose();
    }

    private static Dictionary<string, Tensor> Copy(Network network, CnnModel start) =>
        network.Parameters.ToDictionary(parameter => parameter.Name, parameter => start.Weights[parameter.Name].clone().DetachFromDisposeScope(), StringComparer.Ordinal);

    private Tensor Prepare(Tensor inputs)
    {
        var onDevice = inputs.to(_device);
        return _preprocessing?.Normalize(onDevice) ?? onDevice;
    }

    private Tensor Loss(Tensor logits, Tensor classes)
    {
        if (_options.RubbishDistance is { } distance)
            logits = cat([logits, full([logits.shape[0], 1], -distance, logits.dtype, logits.device)], 1);
        return nn.functional.cross_entropy(logits, classes);
    }

    private void EndEpoch(CancellationToken cancellation)
    {
        var validation = Evaluate(_parts.Validation, cancellation);
        var test = Evaluate(_parts.Test, cancellation);
        // The last step of an epoch may have gone too far, which no loss of this epoch's training tells.
        if (!_flat.isfinite().all().item<bool>() || validation is { Loss: not (> double.NegativeInfinity and < double.PositiveInfinity) })
            throw Errors.TrainingDiverged(_history.Count + 1, LearningRate);
        _history.Add(new EpochResult
        {
            Epoch = _history.Count + 1,
            Loss = _lossSum / _seen,
            TrainAccuracy = (double)_correct / _seen,
            ValidationLoss = validation?.Loss,
            ValidationAccuracy = validation?.Accuracy,
            TestAccuracy = test?.Accuracy,
            BinaryAccuracy = test?.BinaryAccuracy,
            LearningRate = LearningRate,
            Seconds = _clock.Elapsed.TotalSeconds,
        });
        _clock.Reset();
        if (_options.Patience is not null && BestEpoch == _history.Count)
            KeepWeights();
        KeepEpoch();
    }

    /// <summary>What an early end goes back to.</summary>
    private void KeepEpoch()
    {
        _lastEpoch?.Dispose();
        _lastEpoch = new Checkpoint();
        Save(_lastEpoch);
    }

    private Evaluation? Evaluate(TrainingData? data, CancellationToken cancellation) =>
        data is null ? null : Evaluation.Of(_evaluationPass, _evaluationBatch, data, Prepare, Loss, cancellation);

    /// <summary>Notes the weights as the best so far.</summary>
    private void KeepWeights()
    {
        _best?.Dispose();
        _best = new Checkpoint();
        PutWeights(_best, Best);
    }

    private void PutWeights(Checkpoint checkpoint, string prefix)
    {
        checkpoint.Put(prefix + Parameters, _flat);
        for (var i = 0; i < _buffers.Length; i++)
            checkpoint.Put($"{prefix}buffer.{i}", _buffers[i]);
    }

    private void TakeWeights(Checkpoint checkpoint, string prefix)
    {
        using var gradMode = no_grad();
        using var scope = NewDisposeScope();
        _flat.copy_(checkpoint.Tensor(prefix + Parameters));
        for (var i = 0; i < _buffers.Length; i++)
            _buffers[i].copy_(checkpoint.Tensor($"{prefix}buffer.{i}"));
    }
}
